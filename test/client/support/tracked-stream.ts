/** A stream that the test fills, and whose cancellation it observes. */
export interface TrackedStream<T = unknown> {
  readonly stream: ReadableStream<T>
  readonly cancelled: boolean
  readonly cancelReason: unknown
  send(value: T): void
  end(): void
  fail(error: unknown): void
}

export function trackedStream<T = unknown>(): TrackedStream<T> {
  let cancelled = false
  let cancelReason: unknown
  let controller!: ReadableStreamDefaultController<T>
  const stream = new ReadableStream<T>({
    start: (given) => void (controller = given),
    cancel(reason) {
      cancelled = true
      cancelReason = reason
    },
  })
  return {
    stream,
    get cancelled() {
      return cancelled
    },
    get cancelReason() {
      return cancelReason
    },
    send: (value) => controller.enqueue(value),
    end: () => controller.close(),
    fail: (error) => controller.error(error),
  }
}
