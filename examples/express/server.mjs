/** A proxy with Express: `npm install && OPENAI_API_KEY=… node server.mjs` */
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import express from 'express'

const { OPENAI_API_KEY, OPENAI_BASE_URL = 'https://api.openai.com/v1', PORT = 3000 } = process.env
/** Whoever reaches this proxy spends your money: put your own authentication in front of it. */
const models = ['gpt-5-mini', 'gpt-4.1-mini']

const app = express()

app.post('/api/completion', express.json({ limit: '100kb' }), async (request, response) => {
  const { input, model = models[0] } = request.body ?? {}
  if (!models.includes(model)) {
    response.status(400).json({ error: { message: `There is no model ${model} here.` } })
    return
  }
  // The page has aborted, or was closed: the model stops, and so does the bill.
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
    // Errors go through as they are: the page knows what they mean.
    for (const name of ['content-type', 'retry-after', 'x-request-id']) {
      if (upstream.headers.has(name)) response.set(name, upstream.headers.get(name))
    }
    response.flushHeaders()
    await pipeline(Readable.fromWeb(upstream.body), response)
  } catch {
    if (response.headersSent || gone.signal.aborted) response.destroy()
    else {
      const message = 'The provider of the model cannot be reached.'
      response.status(502).json({ error: { message } })
    }
  }
})

app.use((request, response) => {
  response.status(404).json({ error: { message: 'There is only POST /api/completion here.' } })
})

// What is thrown before, by the reading of the body for one, is an error of the page's.
app.use((error, request, response, next) => {
  if (response.headersSent) return next(error)
  response.status(error.status ?? 500).json({ error: { message: error.message } })
})

const server = app.listen(PORT, () => console.log(`http://localhost:${server.address().port}`))
