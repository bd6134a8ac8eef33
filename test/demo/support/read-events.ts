export interface ReadEvent {
  readonly event: string | undefined
  readonly text: string
  /** Empty if the data is not JSON. */
  readonly data: Readonly<Record<string, unknown>>
}

/**
 * A second, simpler reader, so that the demo's server is not checked with the code that it is meant to test.
 */
export function readEvents(body: string): ReadEvent[] {
  return body
    .split('\n\n')
    .filter((block) => block !== '')
    .map((block) => {
      const field = (name: string) =>
        block
          .split('\n')
          .find((line) => line.startsWith(`${name}: `))
          ?.slice(name.length + 2)
      const text = field('data') ?? ''
      const data = text === '[DONE]' ? {} : (JSON.parse(text) as Record<string, unknown>)
      return { event: field('event'), text, data }
    })
}
