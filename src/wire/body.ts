/** A body: bytes, text or parsed events, from a stream or any async iterable. */
export type WireBody = ReadableStream<unknown> | AsyncIterable<unknown>

/** One reader over a body of either kind. */
export interface BodyReader {
  read(): Promise<{ done?: boolean | undefined; value?: unknown }>
  /** Stops the body at its source, without waiting for it. Called at most once, at any time. */
  cancel(reason?: unknown): void
  /** Releases the body's lock. Called once, after the last read. */
  release(): void
}

export function isReadableStream(value: unknown): value is ReadableStream<unknown> {
  return typeof value === 'object' && value !== null && 'getReader' in value
}

export function isAsyncIterable(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value
}

/**
 * @param isNative whether the browser made the body, for a response from the network. Such a body can be
 * read into a reused buffer. A byte stream made by an app may never answer the last read of that kind
 * (https://streams.spec.whatwg.org/#rbs-controller-close).
 */
export function createBodyReader(body: WireBody, isNative = false): BodyReader {
  if (!isReadableStream(body)) return readerOfIterable(body)
  return (isNative && readerOfBytes(body)) || readerOfStream(body)
}

/**
 * How many bytes to read at a time. In a burst, Chromium gives a plain reader this many or a multiple.
 */
const bufferLength = 65_536

/**
 * Reads into the same buffer every time. In a burst, Chromium gives a plain reader a new array of
 * megabytes for each read. `undefined` if the browser does not support it.
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
      // The read transferred the buffer to the stream, which returns it with the data.
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
      // Not `Promise.race`: every read would leave a reaction on a promise that lives as long as the run.
      new Promise((resolve, reject) => {
        endPendingRead = () => resolve({ done: true })
        // Like `for await`, accepts a step that is not a promise.
        Promise.resolve(iterator.next()).then(resolve, reject)
      }),
    cancel() {
      endPendingRead?.()
      // A generator runs its `finally` only after the pending step. A stream of the `openai` package
      // stops at once through its controller.
      const { controller } = iterable as { controller?: unknown }
      if (controller instanceof AbortController) controller.abort()
      void endQuietly(() => iterator.return?.())
    },
    release: () => undefined,
  }
}

/**
 * A failed body also rejects its cancellation, and a body made by an app may throw. Nothing depends on
 * either.
 */
async function endQuietly(end: () => unknown) {
  try {
    await end()
  } catch {
    // The body is no longer needed.
  }
}
