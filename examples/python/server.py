"""A proxy with only Python's standard library: OPENAI_API_KEY=... python3 server.py"""

import json
import os
import socket
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

BASE_URL = urlsplit(os.environ.get("OPENAI_BASE_URL", "https://api.openai.com/v1"))
# Anyone who can reach this proxy can use your API key: add authentication.
MODELS = ["gpt-5-mini", "gpt-4.1-mini"]
BODY_LIMIT = 100_000
PASSED_ON = ["content-type", "retry-after", "x-request-id"]


class Proxy(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def handle(self):
        try:
            super().handle()
        except ConnectionError:
            # The page has closed the connection between two requests.
            pass

    def do_POST(self):
        if self.path != "/api/completion":
            return self.fail(404, "Not found. Use /api/completion.")
        length = int(self.headers.get("content-length") or 0)
        if length > BODY_LIMIT:
            self.close_connection = True
            return self.fail(413, "The request body is too large.")
        try:
            body = json.loads(self.rfile.read(length))
            model = body.get("model", MODELS[0])
        except (ValueError, AttributeError):
            return self.fail(400, "The request must be a JSON object.")
        if model not in MODELS:
            return self.fail(400, f"The model {model} is not available.")
        self.stream({"model": model, "input": body.get("input"), "stream": True})

    def do_GET(self):
        self.fail(405, "Only POST is allowed.")

    def stream(self, request):
        secure = BASE_URL.scheme == "https"
        upstream = (HTTPSConnection if secure else HTTPConnection)(BASE_URL.netloc)
        try:
            upstream.request(
                "POST",
                f"{BASE_URL.path}/responses",
                json.dumps(request),
                {
                    "authorization": f"Bearer {os.environ['OPENAI_API_KEY']}",
                    "content-type": "application/json",
                },
            )
            Thread(target=self.watch, args=[upstream], daemon=True).start()
            answer = upstream.getresponse()
            # Errors are forwarded unchanged: the page reads them.
            self.send_response(answer.status)
            for name in PASSED_ON:
                if answer.headers[name]:
                    self.send_header(name, answer.headers[name])
            self.send_header("cache-control", "no-cache, no-transform")
            self.send_header("x-accel-buffering", "no")
            self.send_header("transfer-encoding", "chunked")
            self.end_headers()
            while piece := answer.read1(65536):
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
            # read1 does not report a cut chunked body; the remaining length does.
            if answer.fp is not None and not answer.isclosed():
                raise HTTPException("The provider's connection broke.")
            self.wfile.write(b"0\r\n\r\n")
        except OSError:
            # The page has disconnected: closing the connection stops the model and its cost.
            self.close_connection = True
        except HTTPException:
            # Without the last chunk, the page detects that the answer was cut.
            self.close_connection = True
        finally:
            upstream.close()

    def watch(self, upstream):
        """Detects that the page has disconnected while the model is silent and nothing is written."""
        try:
            # Peeks at the page's next data, such as the next request, without consuming it.
            gone = not self.connection.recv(1, socket.MSG_PEEK)
            if gone and upstream.sock:
                upstream.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def fail(self, status, message):
        body = json.dumps({"error": {"message": message}}).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


server = ThreadingHTTPServer(("", int(os.environ.get("PORT", "3000"))), Proxy)
server.daemon_threads = True
print(f"http://localhost:{server.server_port}", flush=True)
server.serve_forever()
