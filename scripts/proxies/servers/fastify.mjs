import compress from '@fastify/compress'
import Fastify from 'fastify'

const { PORT, UPSTREAM } = process.env

const app = Fastify()
await app.register(compress)
app.all('/*', async (request, reply) => {
  const gone = new AbortController()
  if (request.url.startsWith('/signal/')) reply.raw.on('close', () => gone.abort())
  const upstream = await fetch(`http://127.0.0.1:${UPSTREAM}${request.url}`, {
    method: request.method,
    signal: gone.signal,
  })
  if (request.url.startsWith('/response/')) return reply.send(upstream)
  reply.code(upstream.status)
  for (const name of ['content-type', 'cache-control']) {
    if (upstream.headers.has(name)) reply.header(name, upstream.headers.get(name))
  }
  return reply.send(upstream.body)
})
await app.listen({ host: '127.0.0.1', port: Number(PORT) })
