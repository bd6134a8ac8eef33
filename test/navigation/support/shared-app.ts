import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { responseBody, responseEvents } from '../../client/support/responses-stream.ts'
import { bundlePage } from './bundle-page.ts'

const pieces = Array.from({ length: 40 }, (_, position) => `token ${position} `)
const tokenInterval = 50

/** The whole text of an answer. */
export const wholeText = pieces.join('')

/** An app whose responses are stored on its server, and the requests of the server. */
export async function serveSharedApp() {
  const script = await bundlePage(fileURLToPath(new URL('shared-page.ts', import.meta.url)))
  const events = responseEvents(...pieces)
  const log: string[] = []
  const reports: unknown[] = []
  /** When the response began, and whether it was cancelled. */
  let begun = 0
  let isCancelled = false
  /** How many of the events may be sent, and the callbacks for when more may be sent. */
  let allowed = Infinity
  const waiting = new Set<() => void>()

  /** Sends the events so far, and then the others as they happen. */
  async function stream(response: ServerResponse) {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
    for (let index = 0; index < events.length; index++) {
      await delay(Math.max(0, begun + index * tokenInterval - Date.now()))
      while (index >= allowed && !isCancelled && !response.destroyed) {
        await new Promise<void>((resolve) => {
          waiting.add(resolve)
          response.once('close', resolve)
        })
      }
      if (response.destroyed) return
      if (isCancelled) break
      response.write(responseBody(events, index, index + 1))
    }
    response.end()
  }

  function release() {
    for (const proceed of waiting) proceed()
    waiting.clear()
  }

  async function report(request: IncomingMessage, response: ServerResponse) {
    let body = ''
    for await (const piece of request) body += String(piece)
    reports.push(JSON.parse(body))
    response.writeHead(204).end()
  }

  const server = createServer((request, response) => {
    const { method, url = '/' } = request
    if (url.startsWith('/responses')) log.push(`${method} ${url}`)
    if (url.endsWith('/cancel')) {
      isCancelled = true
      release()
      response.writeHead(200).end('{}')
    } else if (url.startsWith('/responses')) {
      if (method === 'POST') {
        begun = Date.now()
        isCancelled = false
      }
      void stream(response)
    } else if (url === '/report') void report(request, response)
    else if (url === '/away') {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Away')
    } else {
      response.writeHead(200, { 'content-type': 'text/html' })
      response.end(`<!doctype html><meta charset="utf-8"><body><script>${script}</script>`)
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    log,
    reports,
    /** Stops every response in the middle until it is released. */
    holdInTheMiddle: () => {
      allowed = events.length / 2
    },
    goOn: () => {
      allowed = Infinity
      release()
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
