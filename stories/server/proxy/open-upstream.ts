import { APIConnectionError, APIError } from 'openai'
import type { OpenAI } from 'openai'
import type { AllowedRequest } from './allowed-request.ts'
import { ProxyError } from './proxy-error.ts'
import { redactKey } from './redact-key.ts'
import type { RetrievalRequest } from './retrieval-request.ts'

/** The provider's answer: a body to forward unchanged, or a complete error. */
export interface UpstreamAnswer {
  readonly status: number
  readonly headers: Headers
  readonly body: ReadableStream<Uint8Array> | string
}

const paths = {
  responses: '/responses',
  chat: '/chat/completions',
  moderations: '/moderations',
} as const

/** Sends the request through the SDK and returns the raw response. */
export async function openUpstream(
  client: OpenAI,
  request: AllowedRequest | RetrievalRequest,
  options: SendOptions,
): Promise<UpstreamAnswer> {
  const { signal } = options
  try {
    const response = await send(client, request, options).asResponse()
    return { status: response.status, headers: response.headers, body: response.body ?? '' }
  } catch (error) {
    if (signal.aborted) throw error
    if (error instanceof APIConnectionError || !(error instanceof APIError)) {
      throw new ProxyError(
        502,
        'upstream_unreachable',
        'The proxy could not reach the provider of the model. Check that it is running and that the network works.',
      )
    }
    return errorAnswer(error as APIError<number, Headers>, client.apiKey)
  }
}

interface SendOptions {
  readonly signal: AbortSignal
  readonly headers: Readonly<Record<string, string>>
}

function send(
  client: OpenAI,
  request: AllowedRequest | RetrievalRequest,
  { signal, headers }: SendOptions,
) {
  if ('api' in request) {
    const { api, body } = request
    return client.post(paths[api], { body, stream: body['stream'] === true, signal, headers })
  }
  const { method, path, query, stream } = request
  return client[method](path, { query, stream, signal, headers })
}

/** The SDK throws on an error status and parses the body; this rebuilds the response. */
function errorAnswer(error: APIError<number, Headers>, key: string | null): UpstreamAnswer {
  const { status, headers } = error
  const body = JSON.stringify({
    error: error.error ?? { message: `The provider responded with ${status}.` },
  })
  return { status, headers, body: redactKey(body, key) }
}
