/** The provider behind the servers. Depending on the input, it streams, falls silent, rejects, or breaks off. */
import { createServer } from 'node:http'
import { once } from 'node:events'
import { Readable } from 'node:stream'
import { json } from 'node:stream/consumers'

const words = (count) => Array.from({ length: count }, (_, index) => `word ${index} `).join('')
/** Milliseconds between two events. */
const delay = 40

/** The stream for each input. The last two are longer than any test waits. */
const streams = {
  all: [{ text: words(20) }, { delay }],
  cut: [{ text: words(20) }, { delay, stopAfter: 20, end: 'cut' }],
  stream: [{ text: words(2000) }, { delay }],
  silence: [{ text: words(20) }, { delay, stopAfter: 20, end: 'stall' }],
}

export const rateLimit = { status: 429, retryAfter: '2', requestId: 'req_of_the_provider' }

/**
 * @param testing the entry of the package with the scripted streams
 * @returns its address, and the records of its requests, with when each was closed
 */
export async function startUpstream({ completionStream, scriptedResponse }) {
  const requests = []

  async function answer(request, response) {
    const record = { closed: once(response, 'close').then(() => Date.now()) }
    requests.push(record)
    const { input } = await json(request)
    if (input === 'limit') {
      const { status, retryAfter, requestId } = rateLimit
      response.writeHead(status, {
        'content-type': 'application/json',
        'retry-after': retryAfter,
        'x-request-id': requestId,
      })
      response.end(JSON.stringify({ error: { message: 'Slow down.' } }))
      return
    }
    const [completion, options] = streams[input]
    const script = completionStream(completion, { format: 'openai-responses', ...options })
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const body = Readable.fromWeb(scriptedResponse(script).body)
    response.on('close', () => body.destroy())
    body.on('error', () => response.destroy())
    body.pipe(response)
  }

  const server = createServer((request, response) => void answer(request, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    baseURL: `http://127.0.0.1:${server.address().port}`,
    requests,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
