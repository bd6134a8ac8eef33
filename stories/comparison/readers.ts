/** A library that reads the streams. */
interface Reader {
  /** The heading of its column. */
  readonly name: string
  /** For a screen too narrow for a table. */
  readonly short: string
}

export const readers: readonly Reader[] = [
  { name: 'use-streaming-completion', short: 'this package' },
  { name: 'useCompletion of the AI SDK', short: 'useCompletion' },
  { name: 'useChat of TanStack AI', short: 'TanStack AI' },
  { name: 'Loop over a stream of the openai client', short: 'the openai client' },
]
