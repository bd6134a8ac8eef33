import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openPage, type Engine } from '../../../scripts/browsers/open-page.mjs'
import { bundlePage } from './bundle-page.ts'
import type { Report } from './page.ts'

const tokens = Array.from({ length: 30 }, (_, position) => `token ${position} `)
export const wholeText = tokens.join('')
const tokenInterval = 50

/** The result of a visit. */
export interface Visit {
  readonly reports: Report[]
  /** Whether the browser closed a stream before its end. */
  readonly wasClosed: boolean
  /** The ids from which the page asked to continue. */
  readonly resumedFrom: string[]
}

interface Journey {
  /** How long the next page takes to answer, in milliseconds. */
  slow?: number
  resume?: boolean
  /** The link leads to a download, and the page stays. */
  download?: boolean
  /** The events that the page has to report before it is closed. */
  until: readonly Report['event'][]
}

/** Opens a page that streams, leaves it in mid-stream, returns, and waits for its reports. */
export async function visit(
  engine: Engine,
  { slow = 0, resume = false, download = false, until }: Journey,
): Promise<Visit> {
  const script = await bundlePage(fileURLToPath(new URL('./page.ts', import.meta.url)))
  const reports: Report[] = []
  const resumedFrom: string[] = []
  let wasClosed = false

  async function stream(request: IncomingMessage, response: ServerResponse) {
    const lastEventId = request.headers['last-event-id']
    if (lastEventId !== undefined) resumedFrom.push(String(lastEventId))
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
    response.on('close', () => {
      if (!response.writableFinished) wasClosed = true
    })
    for (let index = Number(lastEventId ?? -1) + 1; index < tokens.length; index++) {
      if (response.destroyed) return
      const choices = [{ index: 0, delta: { content: tokens[index] }, finish_reason: null }]
      response.write(`id: ${index}\ndata: ${JSON.stringify({ choices })}\n\n`)
      await delay(tokenInterval)
    }
    response.end('data: [DONE]\n\n')
  }

  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://page')
    if (pathname === '/stream') void stream(request, response)
    else if (pathname === '/report') void read(request, response)
    else if (pathname === '/away') setTimeout(() => sendPage(response, goBack), slow)
    else if (pathname === '/file') {
      response.writeHead(200, { 'content-disposition': 'attachment; filename=file' }).end('file')
    } else sendPage(response, script)
  })

  async function read(request: IncomingMessage, response: ServerResponse) {
    let body = ''
    for await (const piece of request) body += String(piece)
    reports.push(JSON.parse(body) as Report)
    response.writeHead(204).end()
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const query = new URLSearchParams({
    to: download ? '/file' : '/away',
    ...(resume ? { resume: '' } : {}),
  })
  const page = await openPage(engine, `http://127.0.0.1:${port}/?${query}`)
  try {
    await Promise.race([everyOne(until, reports), page.ended])
  } finally {
    await page.close()
    server.closeAllConnections()
    server.close()
  }
  return { reports, wasClosed, resumedFrom }
}

function sendPage(response: ServerResponse, script: string) {
  response.writeHead(200, { 'content-type': 'text/html' })
  response.end(`<!doctype html><meta charset="utf-8"><script>${script}</script>`)
}

/** The next page goes back after half a second. */
const goBack = 'setTimeout(() => history.back(), 500)'

async function everyOne(events: readonly Report['event'][], reports: Report[]) {
  const deadline = performance.now() + 30_000
  while (!events.every((wanted) => reports.some(({ event }) => event === wanted))) {
    if (performance.now() > deadline) {
      throw new Error(`The page reported only ${JSON.stringify(reports)}.`)
    }
    await delay(20)
  }
}
