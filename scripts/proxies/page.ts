/** The page behind each proxy. It streams with the package and counts its own reads. */
import { createCompletion } from '../../src/core.ts'

/** What the page saw of a run. Times are milliseconds from the start; `abortedAt` is of the system's clock. */
export interface Seen {
  readonly status: string
  readonly kind: string | undefined
  readonly phase: string | undefined
  readonly error: string | undefined
  readonly text: string
  readonly reads: number
  readonly firstToken: number | undefined
  readonly longestGap: number
  readonly encoding: string | null
  readonly abortedAt: number | undefined
}

let reads = 0

/** The package reads into its own buffer if the body supports it, otherwise with the default reader. */
function countReads(reader: { read: (...into: never[]) => Promise<{ done: boolean }> }) {
  const { read } = reader
  reader.read = async function (...into) {
    const result = await read.apply(this, into)
    if (!result.done) reads++
    return result
  }
}

countReads(ReadableStreamDefaultReader.prototype)
countReads(ReadableStreamBYOBReader.prototype)

/** The run ends after `idle` milliseconds without a response or a byte. */
async function run(
  url: string,
  { abortAfter, idle }: { abortAfter?: number; idle?: number },
): Promise<Seen> {
  reads = 0
  let abortedAt: number | undefined
  let encoding: string | null = null
  const completion = createCompletion({
    url,
    timeouts: idle === undefined ? {} : { response: idle, idle },
    fetch: async (...request) => {
      const response = await fetch(...request)
      encoding = response.headers.get('content-encoding')
      return response
    },
  })
  if (abortAfter !== undefined) {
    setTimeout(() => {
      abortedAt = Date.now()
      completion.abort()
    }, abortAfter)
  }
  const { status, error, text, timing } = await completion.start({ input: 'Hi' })
  return {
    status,
    kind: error?.kind,
    phase: error?.phase,
    error: error?.message,
    text,
    reads,
    firstToken:
      timing.firstTokenAt === undefined ? undefined : timing.firstTokenAt - timing.startedAt,
    longestGap: timing.longestGap,
    encoding,
    abortedAt,
  }
}

Object.assign(globalThis, { run })
