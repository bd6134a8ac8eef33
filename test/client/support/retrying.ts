import type { CompletionOptions, RetryOptions } from '../../../src/core.ts'
import { answer } from './chat.ts'
import { observe } from './observe.ts'
import { turns } from './turns.ts'

/** A started run with retries, whose requests the test answers. */
export async function started(
  retry: number | RetryOptions,
  options: Partial<CompletionOptions> = {},
) {
  const observed = observe({ retry, ...options })
  const settled = observed.client.start('a')
  await turns()
  const request = (index: number) => observed.requests[index]!
  return { ...observed, settled, request, state: () => observed.client.getState() }
}

type Request = Awaited<ReturnType<typeof started>>['requests'][number]

/** Rejects a request. */
export function answerWith(request: Request, status: number, headers: Record<string, string> = {}) {
  request.respond({ status, headers: { 'content-type': 'application/json', ...headers } })
  request.send(JSON.stringify({ error: { message: `no: ${status}` } }))
  request.end()
}

/** Answers a request completely. */
export async function complete(request: Request) {
  request.respond()
  request.send(answer('Hello'))
  await turns()
}
