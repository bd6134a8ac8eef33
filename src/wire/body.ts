/** What a body can be: bytes, text or ready events, from a stream or any async iterable. */
export type WireBody = ReadableStream<unknown> | AsyncIterable<unknown>

/** One reader over a body of either kind. */
export interface BodyReader {
  read(): Promise<{ done?: boolean | undefined; value?: unknown }>
  /** Stops the body at its origin, without waiting for it. Called once at most, at any time. */
  cancel(reason?: unknown): void
  /** Gives the body's lock back. Called once, when reading is over. */
  release(): void
}

export function isReadableStream(value: unknown): value is ReadableStream<unknown> {
  return typeof value === 'object' && value !== null && 'getReader' in value
}

export function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}

/**
 * @param isNative whether the body is the browser's own, that of a response from the network. It may be
 *   read into memory that is used again; a byte stream that an app made may forget to answer the last
 *   read of that kind (https://streams.spec.whatwg.org/#rbs-controller-close), which would never end.
 */
export function createBodyReader(body: WireBody, isNative = false): BodyReader {
  if (!isReadableStream(body)) return readerOfIterable(body)
  return (isNative && readerOfBytes(body)) || readerOfStream(body)
}

/** How much is read at a time, in bytes. What Chromium gives a plain reader of a burst is that or a multiple. */
const bufferLength = 65_536

/**
 * Reads into the same memory again and again: of a burst, Chromium gives a plain reader arrays of
 * megabytes, new ones each time. `undefined` where the browser cannot.
 */
function readerOfBytes(stream: ReadableStream<unknown>): BodyReader | undefined {
  let reader: ReadableStreamBYOBReader
  try {
    reader = stream.getReader({ mode: 'byob' })
  } catch {
    return undefined
  }
  let buffer = new ArrayBuffer(bufferLength)
  return {
    async read() {
      const result = await reader.read(new Uint8Array(buffer))
      // The stream has taken the memory over, and gives it back with what it wrote into it.
      if (result.value) buffer = result.value.buffer
      return result
    },
    ...endingOf(reader),
  }
}

function readerOfStream(stream: ReadableStream<unknown>): BodyReader {
  const reader = stream.getReader()
  return { read: () => reader.read(), ...endingOf(reader) }
}

function endingOf(reader: ReadableStreamDefaultReader<unknown> | ReadableStreamBYOBReader) {
  return {
    cancel: (reason?: unknown) => void endQuietly(() => reader.cancel(reason)),
    release: () => reader.releaseLock(),
  }
}

function readerOfIterable(iterable: AsyncIterable<unknown>): BodyReader {
  const iterator = iterable[Symbol.asyncIterator]()
  let endPendingRead: (() => void) | undefined
  return {
    read: () =>
      // Not Promise.race: against one promise that lives as long as the run, every read would leave
      // a reaction behind.
      new Promise((resolve, reject) => {
        endPendingRead = () => resolve({ done: true })
        // Like `for await`, it takes a step that is no promise.
        Promise.resolve(iterator.next()).then(resolve, reject)
      }),
    cancel() {
      endPendingRead?.()
      // A generator runs its `finally` only once the pending step is over; the `openai` package's
      // streams can be told to stop at once through their controller.
      const { controller } = iterable as { controller?: unknown }
      if (controller instanceof AbortController) controller.abort()
      void endQuietly(() => iterator.return?.())
    },
    release: () => undefined,
  }
}

/** A body that failed rejects its end too, and an app's own body may throw: there is nobody left to tell. */
async function endQuietly(end: () => unknown) {
  try {
    await end()
  } catch {
    // Nobody asks any more.
  }
}
