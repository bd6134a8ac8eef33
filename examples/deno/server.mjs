/**
 * A proxy with Deno: `OPENAI_API_KEY=… deno run -NE --unstable-no-legacy-abort server.mjs`
 * Without the flag, the signal of a request also fires after a normal end, and Deno prints a warning.
 */
import process from 'node:process'

const { OPENAI_API_KEY, OPENAI_BASE_URL = 'https://api.openai.com/v1', PORT = 3000 } = process.env
/** Anyone who can reach this proxy can use your API key: add authentication. */
const models = ['gpt-5-mini', 'gpt-4.1-mini']
const bodyLimit = 100_000
const fail = (status, message) => Response.json({ error: { message } }, { status })

async function answer(request) {
  const { pathname } = new URL(request.url)
  if (pathname !== '/api/completion') return fail(404, 'Not found. Use /api/completion.')
  if (request.method !== 'POST') return fail(405, 'Only POST is allowed.')
  if (!(request.headers.get('content-length') <= bodyLimit)) return fail(413, 'Too long.')
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

const onListen = ({ port }) => console.log(`http://localhost:${port}`)
Deno.serve({ port: Number(PORT), onListen }, answer)
