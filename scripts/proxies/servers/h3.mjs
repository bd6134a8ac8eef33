import { createServer } from 'node:http'
import {
  createApp,
  defineEventHandler,
  proxyRequest,
  sendStream,
  setResponseHeader,
  setResponseStatus,
  toNodeListener,
  toWebRequest,
} from 'h3'

const { PORT, UPSTREAM } = process.env

const app = createApp({ onError: () => undefined })
app.use(
  defineEventHandler(async (event) => {
    const url = `http://127.0.0.1:${UPSTREAM}${event.path}`
    if (event.path.startsWith('/proxy/')) return proxyRequest(event, url)
    const closed = new AbortController()
    event.node.res.on('close', () => closed.abort())
    const signal = event.path.startsWith('/close/') ? closed.signal : toWebRequest(event).signal
    const upstream = await fetch(url, { method: event.method, signal })
    setResponseStatus(event, upstream.status)
    for (const name of ['content-type', 'cache-control']) {
      if (upstream.headers.has(name)) setResponseHeader(event, name, upstream.headers.get(name))
    }
    if (!event.path.startsWith('/close/')) return upstream.body
    await sendStream(event, upstream.body).catch(() => event.node.res.destroy())
  }),
)
createServer(toNodeListener(app)).listen(Number(PORT), '127.0.0.1')
