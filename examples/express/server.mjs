/** A proxy with Express: `npm install && OPENAI_API_KEY=… node server.mjs` */
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import express from 'express'

const { OPENAI_API_KEY, OPENAI_BASE_URL = 'https://api.openai.com/v1', PORT = 3000 } = process.env
/** Anyone who can reach this proxy can use your API key: add authentication. */
const models = ['gpt-5-mini', 'gpt-4.1-mini']

const app = express()

app.post('/api/completion', express.json({ limit: '100kb' }), async (request, response) => {
  const { input, model = models[0] } = request.body ?? {}
  if (!models.includes(model)) {
    response.status(400).json({ error: { message: `The model ${model} is not available.` } })
    return
  }
  // If the page aborts or closes, this stops the model and its cost.
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  try {
    const upstream = await fetch(`${OPENAI_BASE_URL}/responses`, {
      method: 'POST',
      headers: { authorization: `Bearer ${OPENAI_API_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model, input, stream: true }),
      signal: gone.signal,
    })
    response.status(upstream.status)
    response.set({ 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no' })
    // Errors are forwarded unchanged: the page reads them.
    for (const name of ['content-type', 'retry-after', 'x-request-id']) {
      if (upstream.headers.has(name)) response.set(name, upstream.headers.get(name))
    }
    response.flushHeaders()
    await pipeline(Readable.fromWeb(upstream.body), response)
  } catch {
    if (response.headersSent || gone.signal.aborted) response.destroy()
    else {
      const message = 'The provider cannot be reached.'
      response.status(502).json({ error: { message } })
    }
  }
})

app.use((request, response) => {
  response.status(404).json({ error: { message: 'Not found. Use POST /api/completion.' } })
})

// Errors thrown earlier, for example while reading the body, are errors of the page.
app.use((error, request, response, next) => {
  if (response.headersSent) return next(error)
  response.status(error.status ?? 500).json({ error: { message: error.message } })
})

const server = app.listen(PORT, () => console.log(`http://localhost:${server.address().port}`))
