import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { middleOf, textOf, type Answer } from './answer.ts'
import { sendPaced, type Middle } from './send-paced.ts'
import {
  goOnPath,
  readStreamPath,
  readTextPath,
  streamPath,
  type StreamRequest,
} from './stream-address.ts'
import { wireBody } from './wire-format.ts'

export interface BenchServer {
  /** The origin that serves the pages. */
  origin: string
  /** Origins that serve streams: a browser opens at most six connections to each. */
  streamOrigins: readonly string[]
  close(): void
}

const streamOriginCount = 20

/** Serves the built pages in `pages` and the streams, on ports that the system chooses. */
export async function serve(pages: string): Promise<BenchServer> {
  const whole = new Map<string, Buffer>()

  function wholeBody(request: StreamRequest): Buffer {
    const key = streamPath(request)
    let bytes = whole.get(key)
    if (!bytes) {
      const { head, deltas, tail } = wireBody(request.format, request)
      bytes = Buffer.from(head + deltas.join('') + tail)
      // The largest take tens of megabytes, and a workload needs only a few.
      if (whole.size >= 4) whole.delete(whole.keys().next().value!)
      whole.set(key, bytes)
    }
    return bytes
  }

  /** Called by the page once it has shown the middle of an answer. */
  let goOn = () => {}

  function waitingMiddle(answer: Answer): Middle | undefined {
    const middle = middleOf(answer)
    return (
      middle && {
        ...middle,
        shown: () =>
          new Promise((resolve) => {
            goOn = resolve
          }),
      }
    )
  }

  async function answer(request: IncomingMessage, response: ServerResponse) {
    // Streams come from other ports than the page, because one origin allows only six connections.
    response.setHeader('access-control-allow-origin', '*')
    if (request.method === 'OPTIONS') {
      response.setHeader(
        'access-control-allow-headers',
        request.headers['access-control-request-headers'] ?? '*',
      )
      response.setHeader('access-control-max-age', '600')
      response.writeHead(204).end()
      return
    }
    request.resume()
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const stream = readStreamPath(pathname)
    if (stream) {
      response.socket?.setNoDelay(true)
      response.setHeader('content-type', 'text/event-stream; charset=utf-8')
      response.setHeader('cache-control', 'no-cache')
      if (stream.rate === 0) response.end(wholeBody(stream))
      else
        await sendPaced(
          response,
          wireBody(stream.format, stream),
          stream.rate,
          waitingMiddle(stream),
        )
      return
    }
    if (pathname === goOnPath) {
      goOn()
      response.end()
      return
    }
    const text = readTextPath(pathname)
    if (text) {
      response.setHeader('content-type', 'text/plain; charset=utf-8')
      response.end(textOf(text))
      return
    }
    const script = /^\/([\w-]+\.js)$/.exec(pathname)?.[1]
    if (script) {
      response.setHeader('content-type', 'text/javascript; charset=utf-8')
      response.end(await readFile(join(pages, script)))
      return
    }
    const page = /^\/([\w-]+)$/.exec(pathname)?.[1]
    if (page) {
      response.setHeader('content-type', 'text/html; charset=utf-8')
      response.end(html(page))
      return
    }
    response.writeHead(404).end()
  }

  const servers = await Promise.all(
    Array.from({ length: streamOriginCount }, () =>
      listen((request, response) => {
        answer(request, response).catch((error: unknown) => {
          response.destroy(error instanceof Error ? error : new Error(String(error)))
        })
      }),
    ),
  )
  const streamOrigins = servers.map(
    (server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  )
  return {
    origin: streamOrigins[0]!,
    streamOrigins,
    close() {
      for (const server of servers) {
        server.close()
        server.closeAllConnections()
      }
    },
  }
}

function listen(handle: (request: IncomingMessage, response: ServerResponse) => void) {
  return new Promise<Server>((resolve, reject) => {
    const server = createServer(handle)
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      resolve(server)
    })
  })
}

const html = (page: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${page}</title>
<link rel="icon" href="data:,">
<style>
body { font: 16px/1.5 sans-serif; margin: 1rem auto; max-width: 48rem }
pre, .block { font: inherit; margin: 0; white-space: pre-wrap }
.settled { content-visibility: auto; contain-intrinsic-size: auto 5em }
.settled-group { content-visibility: auto; contain-intrinsic-size: auto 99em }
</style>
</head>
<body>
<div id="root"></div>
<script type="module" src="/${page}.js"></script>
</body>
</html>
`
