/**
 * The server of the chat, without dependencies: `OPENAI_API_KEY=… node server.mjs`
 *
 * It requests background responses, which continue while nobody reads them. After a reload, the page continues
 * by `GET /api/responses/ID?starting_after=NUMBER`, and `POST /api/responses/ID/cancel` cancels a response.
 */
import { createServer } from 'node:http'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'

const { OPENAI_API_KEY, OPENAI_BASE_URL = 'https://api.openai.com/v1', PORT = 3000 } = process.env
/** Anyone who can reach this server can use your API key: add authentication. */
const model = 'gpt-5-mini'
const bodyLimit = 1_000_000
/** A response that is not read to its end within this time is cancelled. */
const lifetime = 10 * 60_000

const api = (path, init = {}) =>
  fetch(`${OPENAI_BASE_URL}/responses${path}`, {
    ...init,
    headers: { authorization: `Bearer ${OPENAI_API_KEY}`, 'content-type': 'application/json' },
  })

/** The time at which each response is cancelled, by id. In an app with users, also store the owner here. */
const deadlines = new Map()

function end(id) {
  clearTimeout(deadlines.get(id))
  deadlines.delete(id)
}

/** Sends the request: for a new response, for an earlier one, or to cancel it. */
async function ask({ method, url, headers }, body, signal) {
  const { pathname, searchParams } = new URL(url, 'http://localhost')
  if (pathname === '/api/responses' && method === 'POST') {
    if (!(headers['content-length'] <= bodyLimit))
      return problem(413, 'The request body is too large.')
    const { input, instructions, tools } = JSON.parse(await body())
    const request = { model, input, instructions, tools }
    return api('', {
      method: 'POST',
      body: JSON.stringify({ ...request, stream: true, background: true, store: true }),
      signal,
    })
  }
  // Only responses that this server requested, not everything that the key can read.
  const [, id, cancel] = /^\/api\/responses\/(resp_\w+)(\/cancel)?$/.exec(pathname) ?? []
  if (!id || !deadlines.has(id)) return problem(404, 'Not found.')
  if (method !== (cancel ? 'POST' : 'GET')) return problem(405, 'Use another method.')
  if (cancel) {
    end(id)
    return api(`/${id}/cancel`, { method: 'POST' })
  }
  const after = Number(searchParams.get('starting_after') || NaN)
  const query = after >= 0 ? `&starting_after=${after}` : ''
  return api(`/${id}?stream=true${query}`, { signal })
}

function problem(status, message) {
  return Response.json({ error: { message } }, { status })
}

/** Forwards the bytes, and reads the id of the response from the first of them. */
async function* remember(stream) {
  let head = ''
  let id
  for await (const bytes of stream) {
    if (id === undefined && head.length < 10_000) {
      head += Buffer.from(bytes).toString()
      ;[, id] = /"id":\s*"(resp_\w+)"/.exec(head) ?? []
      if (id !== undefined && !deadlines.has(id)) {
        const cancel = () => {
          end(id)
          void api(`/${id}/cancel`, { method: 'POST' }).catch(console.error)
        }
        deadlines.set(id, setTimeout(cancel, lifetime).unref())
      }
    }
    yield bytes
  }
}

const server = createServer(async (request, response) => {
  // If the page disconnects, this connection ends and the response continues.
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  try {
    const answer = await ask(request, () => text(request), gone.signal)
    // Errors are forwarded unchanged: the page reads them.
    const headers = { 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no' }
    for (const name of ['content-type', 'retry-after', 'x-request-id']) {
      if (answer.headers.has(name)) headers[name] = answer.headers.get(name)
    }
    response.writeHead(answer.status, headers).flushHeaders()
    await pipeline(Readable.fromWeb(answer.body), remember, response)
  } catch (error) {
    if (response.headersSent || gone.signal.aborted) response.destroy()
    else {
      const isOurs = !(error instanceof SyntaxError)
      const message = isOurs ? 'The provider cannot be reached.' : 'The request must be JSON.'
      response.writeHead(isOurs ? 502 : 400, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ error: { message } }))
    }
  }
})

server.listen(PORT, () => console.log(`http://localhost:${server.address().port}`))
