import { Readable } from 'node:stream'
import Koa from 'koa'
import compress from 'koa-compress'

const { PORT, UPSTREAM } = process.env

const app = new Koa()
app.use(compress())
app.use(async (ctx) => {
  const gone = new AbortController()
  if (ctx.url.includes('/signal/')) ctx.res.on('close', () => gone.abort())
  const upstream = await fetch(`http://127.0.0.1:${UPSTREAM}${ctx.url}`, {
    method: ctx.method,
    signal: gone.signal,
  })
  ctx.status = upstream.status
  ctx.body = ctx.url.includes('/node/') ? Readable.fromWeb(upstream.body) : upstream.body
  for (const name of ['content-type', 'cache-control']) {
    if (upstream.headers.has(name)) ctx.set(name, upstream.headers.get(name))
  }
})
app.on('error', () => undefined)
app.listen(Number(PORT), '127.0.0.1')
