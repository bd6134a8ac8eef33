/**
 * The rest of a message in development, by the beginning of the message. The first match applies.
 */
const remedies: readonly (readonly [beginning: RegExp, remedy: string])[] = [
  [
    /^The response \(status/,
    ". Some environments, such as React Native's fetch, do not stream response bodies: pass a fetch that does.",
  ],
  [
    /^The source returned/,
    '. Return a Response, a ReadableStream or an async iterable, or a promise of one.',
  ],
  [
    /^Expected a stream/,
    ": it may be a login page, an app's fallback page or a proxy's error page.",
  ],
  [/^Expected text/, ", as AWS's SDK does for Bedrock."],
  [
    /^Expected an event/,
    '. The event was truncated or corrupted in transit, it is not separated from the next event by a blank line (a backslash and an n are not one), or the stream has a custom format.',
  ],
  [
    /^The stream looks like '[\w-]+' but is read as '[\w-]+'\. Pass format: '/,
    ', or check which API the proxy calls.',
  ],
  [
    /^(The stream looks like|The body is not plain text|No event in the stream)/,
    " from 'use-streaming-completion/core'.",
  ],
  [/^The stream began with/, '. Two streams were mixed up between the model and this page.'],
]

/**
 * Returns the rest of an error message in development. In production, the message consists of its beginning,
 * which names the fault and the option or export that fixes it. Bundlers remove this text, like the warnings
 * in `src/diagnosis`.
 */
export function remedyFor(message: string): string {
  return remedies.find(([beginning]) => beginning.test(message))?.[1] ?? '.'
}
