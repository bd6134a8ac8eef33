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

export function createBodyReader(body: WireBody): BodyReader {
  return isReadableStream(body) ? readerOfStream(body) : readerOfIterable(body)
}

function readerOfStream(stream: ReadableStream<unknown>): BodyReader {
  const reader = stream.getReader()
  return {
    read: () => reader.read(),
    cancel(reason) {
      // A body that failed rejects its cancelling too, and there is nobody left to tell.
      reader.cancel(reason).catch(() => undefined)
    },
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
        iterator.next().then(resolve, reject)
      }),
    cancel() {
      endPendingRead?.()
      // A generator runs its `finally` only once the pending step is over; the `openai` package's
      // streams can be told to stop at once through their controller.
      const { controller } = iterable as { controller?: unknown }
      if (controller instanceof AbortController) controller.abort()
      void endIterator(iterator)
    },
    release: () => undefined,
  }
}

/** Like a stream's cancelling, it may fail in either way, and there is nobody left to tell. */
async function endIterator(iterator: AsyncIterator<unknown>) {
  try {
    await iterator.return?.()
  } catch {
    // Nobody asks any more.
  }
}
