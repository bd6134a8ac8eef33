import type { CompletionError } from 'use-streaming-completion'

/** Advice for the user about an error. */
export function adviceOn(error: CompletionError): string {
  switch (error.kind) {
    case 'http':
      if (error.status === 429) return `Wait ${secondsOf(error.retryAfter)}, then retry.`
      if (error.status === 401) return 'Check the API key of the demo.'
      return error.status !== undefined && error.status >= 500
        ? 'The server failed. Retry in a moment.'
        : 'Change the request, then start again.'
    case 'network':
      return error.phase === 'connect'
        ? 'Check the connection and whether the demo is still running, then retry.'
        : 'Check the connection, then retry.'
    case 'truncated':
      return 'The answer is incomplete. Retry.'
    case 'api':
      return 'The provider stopped the answer. Retry.'
    case 'timeout':
      return error.timeout === 'total'
        ? 'The answer took too long. Retry, or ask for a shorter answer.'
        : 'No data arrived in time. Retry.'
    case 'protocol':
      return 'The response is not a model stream. Check the URL of the proxy.'
    case 'limit':
      return 'The answer exceeds the size limit of this page. Ask for a shorter answer.'
    case 'moderation':
      return 'The rest was withheld. Change the prompt.'
    case 'validation':
      return 'The answer does not match the requested schema. Retry.'
    case 'app':
      return 'This page has a bug. The message names the option that caused it.'
  }
}

function secondsOf(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return 'a moment'
  const seconds = Math.ceil(milliseconds / 1000)
  return seconds === 1 ? '1 second' : `${seconds} seconds`
}
