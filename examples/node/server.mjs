/** A proxy without dependencies: `OPENAI_API_KEY=… node server.mjs` */
import { createServer } from 'node:http'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'

const { OPENAI_API_KEY, OPENAI_BASE_URL = 'https://api.openai.com/v1', PORT = 3000 } = process.env
/** Anyone who can reach this proxy can use your API key: add authentication. */
const models = ['gpt-5-mini', 'gpt-4.1-mini']
const bodyLimit = 100_000

const server = createServer(async (request, response) => {
  const fail = (status, message) =>
    response
      .writeHead(status, { 'content-type': 'application/json' })
      .end(JSON.stringify({ error: { message } }))
  if (request.url !== '/api/completion') return fail(404, 'Not found. Use /api/completion.')
  if (request.method !== 'POST') return fail(405, 'Only POST is allowed.')
  if (!(request.headers['content-length'] <= bodyLimit))
    return fail(413, 'The request body is too large.')

  // If the page aborts or closes, this stops the model and its cost.
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  try {
    const { input, model = models[0] } = JSON.parse(await text(request))
    if (!models.includes(model)) return fail(400, `The model ${model} is not available.`)
    const upstream = await fetch(`${OPENAI_BASE_URL}/responses`, {
      method: 'POST',
      headers: { authorization: `Bearer ${OPENAI_API_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model, input, stream: true }),
      signal: gone.signal,
    })
    // Errors are forwarded unchanged: the page reads them.
    const headers = { 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no' }
    for (const name of ['content-type', 'retry-after', 'x-request-id']) {
      if (upstream.headers.has(name)) headers[name] = upstream.headers.get(name)
    }
    response.writeHead(upstream.status, headers).flushHeaders()
    await pipeline(Readable.fromWeb(upstream.body), response)
  } catch (error) {
    if (response.headersSent || gone.signal.aborted) response.destroy()
    else if (error instanceof SyntaxError) fail(400, 'The request must be JSON.')
    else fail(502, 'The provider cannot be reached.')
  }
})

server.listen(PORT, () => console.log(`http://localhost:${server.address().port}`))
