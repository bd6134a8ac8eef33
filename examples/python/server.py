"""A proxy from Python's standard library alone: OPENAI_API_KEY=... python3 server.py"""

import json
import os
import socket
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

BASE_URL = urlsplit(os.environ.get("OPENAI_BASE_URL", "https://api.openai.com/v1"))
# Whoever reaches this proxy spends your money: put your own authentication in front of it.
MODELS = ["gpt-5-mini", "gpt-4.1-mini"]
BODY_LIMIT = 100_000
PASSED_ON = ["content-type", "retry-after", "x-request-id"]


class Proxy(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def handle(self):
        try:
            super().handle()
        except ConnectionError:
            # The page has closed it between two requests.
            pass

    def do_POST(self):
        if self.path != "/api/completion":
            return self.fail(404, "There is only /api/completion here.")
        length = int(self.headers.get("content-length") or 0)
        if length > BODY_LIMIT:
            self.close_connection = True
            return self.fail(413, "That is too much.")
        try:
            body = json.loads(self.rfile.read(length))
            model = body.get("model", MODELS[0])
        except (ValueError, AttributeError):
            return self.fail(400, "The request must be a JSON object.")
        if model not in MODELS:
            return self.fail(400, f"There is no model {model} here.")
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
            # Errors go through as they are: the page knows what they mean.
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
            # read1 ends quietly where a chunked body is cut; what is left of it tells.
            if answer.fp is not None and not answer.isclosed():
                raise HTTPException("The provider broke off.")
            self.wfile.write(b"0\r\n\r\n")
        except OSError:
            # The page has gone: closing the connection stops the model, and the bill.
            self.close_connection = True
        except HTTPException:
            # Without its last chunk, the page sees the answer as what it is: cut.
            self.close_connection = True
        finally:
            upstream.close()

    def watch(self, upstream):
        """Hears that the page has gone while the model is silent and nothing is written."""
        try:
            # Looks at what the page sends next, the next request perhaps, and leaves it there.
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
