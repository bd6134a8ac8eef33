/** A proxy with Bun: `OPENAI_API_KEY=… bun server.mjs` */
const { OPENAI_API_KEY, OPENAI_BASE_URL = 'https://api.openai.com/v1', PORT = 3000 } = process.env
/** Anyone who can reach this proxy can use your API key: add authentication. */
const models = ['gpt-5-mini', 'gpt-4.1-mini']
const fail = (status, message) => Response.json({ error: { message } }, { status })

async function complete(request) {
  const { input, model = models[0] } = (await request.json().catch(() => null)) ?? {}
  if (!models.includes(model)) return fail(400, `The model ${model} is not available.`)
  const upstream = await fetch(`${OPENAI_BASE_URL}/responses`, {
    method: 'POST',
    headers: { authorization: `Bearer ${OPENAI_API_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model, input, stream: true }),
    // If the page aborts or closes, this stops the model and its cost.
    signal: request.signal,
  }).catch(() => undefined)
  if (!upstream) return fail(502, 'The provider cannot be reached.')
  // Errors are forwarded unchanged: the page reads them.
  const headers = new Headers({
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  })
  for (const name of ['content-type', 'retry-after', 'x-request-id']) {
    if (upstream.headers.has(name)) headers.set(name, upstream.headers.get(name))
  }
  return new Response(upstream.body, { status: upstream.status, headers })
}

const server = Bun.serve({
  port: PORT,
  // By default, Bun closes a stream after ten seconds without data.
  idleTimeout: 0,
  maxRequestBodySize: 100_000,
  routes: { '/api/completion': { POST: complete } },
  fetch: () => fail(404, 'Not found. Use POST /api/completion.'),
})

console.log(`http://localhost:${server.port}`)
