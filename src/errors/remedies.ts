/**
 * How the message of an error goes on in development. In production it ends before that: it names the
 * fault, and the option or the export that helps. Bundlers remove this text as they remove the warnings
 * of `src/diagnosis`.
 */
export const remedies = {
  missingBody:
    ". Some environments, such as React Native's fetch, do not stream response bodies: pass a fetch that does.",
  notAStream: '. Return a Response, a ReadableStream or an async iterable, or a promise of one.',
  htmlPage: ": it may be a login page, an app's fallback page or a proxy's error page.",
  binaryBody: ", as AWS's SDK does for Bedrock.",
  malformedEvent:
    '. The event was truncated or corrupted in transit, or the stream has a custom format.',
  importFromCore: " from 'use-streaming-completion/core'.",
  foreignNamedFormat: ', or check which API the proxy calls.',
  foreignResponse: '. Two streams were mixed up between the model and this page.',
}
