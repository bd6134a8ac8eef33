/** Anyone who can reach this proxy can use your API key: add authentication. */
const models = ['gpt-5-mini', 'gpt-4.1-mini']

const fail = (status: number, message: string) => Response.json({ error: { message } }, { status })

export async function POST(request: Request): Promise<Response> {
  const { OPENAI_API_KEY, OPENAI_BASE_URL = 'https://api.openai.com/v1' } = process.env
  const { input, model = models[0] } = (await request.json()) as { input: string; model?: string }
  if (!models.includes(model!)) return fail(400, `The model ${model} is not available.`)
  try {
    const upstream = await fetch(`${OPENAI_BASE_URL}/responses`, {
      method: 'POST',
      headers: { authorization: `Bearer ${OPENAI_API_KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model, input, stream: true }),
      // If the page aborts or closes, this stops the model and its cost.
      signal: request.signal,
      cache: 'no-store',
    })
    // Errors are forwarded unchanged: the page reads them.
    const headers = new Headers({
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    })
    for (const name of ['content-type', 'retry-after', 'x-request-id']) {
      const value = upstream.headers.get(name)
      if (value !== null) headers.set(name, value)
    }
    return new Response(upstream.body, { status: upstream.status, headers })
  } catch {
    return fail(502, 'The provider cannot be reached.')
  }
}
