/** A proxy as a Cloudflare Worker: `npx wrangler secret put OPENAI_API_KEY && npx wrangler deploy` */

/** Anyone who can reach this proxy can use your API key: add authentication. */
const models = ['gpt-5-mini', 'gpt-4.1-mini']
const bodyLimit = 100_000

/** How long the model is silent, in milliseconds, before a comment is sent. */
const silence = 800
const comment = new TextEncoder().encode(': keep-alive\n')
const lineFeed = 10

const fail = (status, message) => Response.json({ error: { message } }, { status })

export default {
  async fetch(request, env) {
    const { OPENAI_API_KEY, OPENAI_BASE_URL = 'https://api.openai.com/v1' } = env
    const { pathname } = new URL(request.url)
    if (pathname !== '/api/completion') return fail(404, 'Not found. Use /api/completion.')
    if (request.method !== 'POST') return fail(405, 'Only POST is allowed.')
    if (!(request.headers.get('content-length') <= bodyLimit)) return fail(413, 'Too long.')
    const { input, model = models[0] } = (await request.json().catch(() => null)) ?? {}
    if (!models.includes(model)) return fail(400, `The model ${model} is not available.`)

    const gone = new AbortController()
    const upstream = await fetch(`${OPENAI_BASE_URL}/responses`, {
      method: 'POST',
      headers: { authorization: `Bearer ${OPENAI_API_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model, input, stream: true }),
      signal: gone.signal,
    }).catch(() => undefined)
    if (!upstream) return fail(502, 'The provider cannot be reached.')
    // Errors are forwarded unchanged: the page reads them.
    const headers = new Headers({ 'cache-control': 'no-cache, no-transform' })
    for (const name of ['content-type', 'retry-after', 'x-request-id']) {
      if (upstream.headers.has(name)) headers.set(name, upstream.headers.get(name))
    }
    const body = upstream.ok ? withComments(upstream.body, gone) : upstream.body
    return new Response(body, { status: upstream.status, headers })
  },
}

/**
 * Forwards a stream of server-sent events, with a comment whenever it is silent. `request.signal` does not fire
 * in a Worker, which detects that the page has disconnected only when it writes. This then stops the model and
 * its cost.
 */
function withComments(body, gone) {
  const { readable, writable } = new TransformStream()
  void pump(body.getReader(), writable.getWriter()).catch(() => gone.abort())
  return readable
}

async function pump(reader, writer) {
  let startsLine = true
  let next = reader.read()
  try {
    for (;;) {
      const result = await Promise.race([next, pause()])
      if (result?.done) return await writer.close()
      if (result) {
        startsLine = result.value.at(-1) === lineFeed
        next = reader.read()
        await writer.write(result.value)
      } else if (startsLine) await writer.write(comment)
    }
  } catch (error) {
    // Breaks the response, so that the page detects the cut stream.
    await writer.abort(error).catch(() => {})
    throw error
  }
}

const pause = () => new Promise((resolve) => setTimeout(resolve, silence))
