/**
 * A proxy with Hono; `server.mjs` runs it with Node. On Cloudflare Workers the signal below does not fire:
 * return `withComments(upstream.body, gone)` there, as `../cloudflare/worker.mjs` does.
 */
import { Hono } from 'hono'
import { env } from 'hono/adapter'
import { bodyLimit } from 'hono/body-limit'

/** Whoever reaches this proxy spends your money: put your own authentication in front of it. */
const models = ['gpt-5-mini', 'gpt-4.1-mini']
const fail = (c, status, message) => c.json({ error: { message } }, status)

const app = new Hono()

app.post('/api/completion', bodyLimit({ maxSize: 100_000 }), async (c) => {
  const { OPENAI_API_KEY, OPENAI_BASE_URL = 'https://api.openai.com/v1' } = env(c)
  const { input, model = models[0] } = await c.req.json()
  if (!models.includes(model)) return fail(c, 400, `There is no model ${model} here.`)

  const upstream = await fetch(`${OPENAI_BASE_URL}/responses`, {
    method: 'POST',
    headers: { authorization: `Bearer ${OPENAI_API_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, input, stream: true }),
    // The page has aborted, or was closed: the model stops, and so does the bill.
    signal: c.req.raw.signal,
  })
  // Errors go through as they are: the page knows what they mean.
  const headers = new Headers({
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  })
  for (const name of ['content-type', 'retry-after', 'x-request-id']) {
    if (upstream.headers.has(name)) headers.set(name, upstream.headers.get(name))
  }
  return new Response(upstream.body, { status: upstream.status, headers })
})

app.notFound((c) => fail(c, 404, 'There is only POST /api/completion here.'))

app.onError((error, c) =>
  error instanceof SyntaxError
    ? fail(c, 400, 'The request must be JSON.')
    : fail(c, 502, 'The provider of the model cannot be reached.'),
)

export default app
