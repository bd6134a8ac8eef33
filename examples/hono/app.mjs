/**
 * A proxy with Hono; `server.mjs` runs it with Node. On Cloudflare Workers the signal below does not fire:
 * return `withComments(upstream.body, gone)` there, as in `../cloudflare/worker.mjs`.
 */
import { Hono } from 'hono'
import { env } from 'hono/adapter'
import { bodyLimit } from 'hono/body-limit'

/** Anyone who can reach this proxy can use your API key: add authentication. */
const models = ['gpt-5-mini', 'gpt-4.1-mini']
const fail = (c, status, message) => c.json({ error: { message } }, status)

const app = new Hono()

app.post('/api/completion', bodyLimit({ maxSize: 100_000 }), async (c) => {
  const { OPENAI_API_KEY, OPENAI_BASE_URL = 'https://api.openai.com/v1' } = env(c)
  const { input, model = models[0] } = await c.req.json()
  if (!models.includes(model)) return fail(c, 400, `The model ${model} is not available.`)

  const upstream = await fetch(`${OPENAI_BASE_URL}/responses`, {
    method: 'POST',
    headers: { authorization: `Bearer ${OPENAI_API_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, input, stream: true }),
    // If the page aborts or closes, this stops the model and its cost.
    signal: c.req.raw.signal,
  })
  // Errors are forwarded unchanged: the page reads them.
  const headers = new Headers({
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  })
  for (const name of ['content-type', 'retry-after', 'x-request-id']) {
    if (upstream.headers.has(name)) headers.set(name, upstream.headers.get(name))
  }
  return new Response(upstream.body, { status: upstream.status, headers })
})

app.notFound((c) => fail(c, 404, 'Not found. Use POST /api/completion.'))

app.onError((error, c) =>
  error instanceof SyntaxError
    ? fail(c, 400, 'The request must be JSON.')
    : fail(c, 502, 'The provider cannot be reached.'),
)

export default app
