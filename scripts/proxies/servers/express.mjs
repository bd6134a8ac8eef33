import compression from 'compression'
import express from 'express'

const { PORT, UPSTREAM } = process.env

const app = express()
app.use(compression())
app.use(async (request, response) => {
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  const upstream = await fetch(`http://127.0.0.1:${UPSTREAM}${request.url}`, {
    method: request.method,
    signal: gone.signal,
  }).catch(() => undefined)
  if (!upstream) return
  response.status(upstream.status)
  for (const name of ['content-type', 'cache-control']) {
    if (upstream.headers.has(name)) response.setHeader(name, upstream.headers.get(name))
  }
  try {
    for await (const bytes of upstream.body) {
      response.write(bytes)
      if (request.url.startsWith('/flush/')) response.flush()
    }
    response.end()
  } catch {
    response.destroy()
  }
})
app.listen(Number(PORT), '127.0.0.1')
