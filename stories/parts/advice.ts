import type { CompletionError } from 'use-streaming-completion'

/** What a user can do about an error. */
export function adviceOn(error: CompletionError): string {
  switch (error.kind) {
    case 'http':
      if (error.status === 429) return `Wait ${secondsOf(error.retryAfter)}, then retry.`
      if (error.status === 401) return 'Check the key that the demo was started with.'
      return error.status !== undefined && error.status >= 500
        ? 'The server is at fault. Retry in a moment.'
        : 'Change the request, then start again.'
    case 'network':
      return error.phase === 'connect'
        ? 'Check the connection and whether the demo is still running, then retry.'
        : 'The connection broke while the answer was under way. Retry.'
    case 'truncated':
      return 'The stream stopped without its proper end, so the answer is not whole. Retry.'
    case 'api':
      return 'The provider stopped the answer. Retry.'
    case 'timeout':
      return error.timeout === 'total'
        ? 'The whole answer took too long. Retry, or ask for less.'
        : 'Nothing came for too long. Retry.'
    case 'protocol':
      return 'What answered is not a stream of a model. Check the address of the proxy.'
    case 'limit':
      return 'The answer was larger than this page takes. Ask for less.'
    case 'moderation':
      return 'The content was withheld. Change the prompt.'
    case 'validation':
      return 'The answer does not have the form that was asked for. Retry.'
    case 'app':
      return 'This page made a mistake. Its message says which option it is.'
  }
}

function secondsOf(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return 'a moment'
  const seconds = Math.ceil(milliseconds / 1000)
  return seconds === 1 ? '1 second' : `${seconds} seconds`
}
