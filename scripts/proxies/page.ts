/** What the page behind each proxy does: it streams with the package, and counts its own reads. */
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

// eslint-disable-next-line @typescript-eslint/unbound-method -- called with its reader below
const { read } = ReadableStreamDefaultReader.prototype as ReadableStreamDefaultReader<unknown>
let reads = 0
ReadableStreamDefaultReader.prototype.read = async function () {
  const result = await read.call(this)
  if (!result.done) reads++
  return result
}

async function run(url: string, abortAfter: number | undefined): Promise<Seen> {
  reads = 0
  let abortedAt: number | undefined
  let encoding: string | null = null
  const completion = createCompletion({
    url,
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
