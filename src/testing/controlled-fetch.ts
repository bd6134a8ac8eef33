/** One request of a {@link createControlledFetch | controlled fetch}, and its response. */
export interface ControlledRequest {
  readonly url: string
  readonly init: RequestInit
  /** Whether the client closed the connection: it aborted, or it cancelled the body. */
  readonly closedByClient: boolean
  /**
   * Sends the response headers. The body is sent by the other methods.
   *
   * @default status 200, content type `text/event-stream`
   */
  respond(init?: ResponseInit): void
  /** Sends a chunk of the body: text or bytes unchanged, any other value as a server-sent event. */
  send(piece: unknown): void
  /** Ends the body normally. Whether the stream was complete depends on its format. */
  end(): void
  /** Breaks the connection: rejects the request if it has no response yet, otherwise the body. */
  fail(error?: unknown): void
}

export interface ControlledFetch {
  /** For the `fetch` option of a completion. */
  fetch: (url: string | URL, init: RequestInit) => Promise<Response>
  /** All requests so far, the oldest first. */
  readonly requests: readonly ControlledRequest[]
  /** Resolves to the next request that was not returned yet, once it is sent. */
  nextRequest: () => Promise<ControlledRequest>
}

/**
 * Creates a `fetch` whose responses the test sends, chunk by chunk, for race conditions that timers
 * cannot reproduce. It makes no network requests.
 *
 * @example
 * const { fetch, nextRequest } = createControlledFetch()
 * const { start } = createCompletion({ url: '/api', fetch })
 * const settled = start('Hello')
 * const request = await nextRequest()
 * request.respond()
 * request.send({ type: 'response.created', response: { id: 'resp_1' } })
 */
export function createControlledFetch(): ControlledFetch {
  const requests: ControlledRequest[] = []
  const waiting: ((request: ControlledRequest) => void)[] = []
  let handedOut = 0

  function handOut() {
    while (waiting.length > 0) {
      const request = requests[handedOut]
      if (!request) return
      handedOut++
      waiting.shift()?.(request)
    }
  }

  return {
    requests,
    fetch(url, init) {
      const { request, response } = createExchange(String(url), init)
      requests.push(request)
      handOut()
      return response
    },
    nextRequest: () =>
      new Promise((resolve) => {
        waiting.push(resolve)
        handOut()
      }),
  }
}

function createExchange(url: string, init: RequestInit) {
  let closedByClient = false
  let isOver = false
  let resolve!: (response: Response) => void
  let reject!: (reason: unknown) => void
  const response = new Promise<Response>((...settle) => ([resolve, reject] = settle))
  const encoder = new TextEncoder()
  let body!: ReadableStreamDefaultController<Uint8Array>
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => void (body = controller),
    cancel: close,
  })

  /** There is nothing to close if the server has already ended or broken the connection. */
  function close() {
    if (!isOver) closedByClient = true
    isOver = true
  }

  function fail(reason: unknown) {
    reject(reason)
    if (!isOver) body.error(reason)
    isOver = true
  }

  const { signal } = init
  const abort = () => {
    const wasOver = isOver
    fail(signal?.reason)
    if (!wasOver) closedByClient = true
  }
  if (signal?.aborted) abort()
  signal?.addEventListener('abort', abort)

  const request: ControlledRequest = {
    url,
    init,
    get closedByClient() {
      return closedByClient
    },
    respond: ({ status = 200, headers, ...rest } = {}) =>
      resolve(
        new Response(stream, {
          status,
          headers: headers ?? { 'content-type': 'text/event-stream' },
          ...rest,
        }),
      ),
    send(piece) {
      // A server does not notice immediately that the client has disconnected.
      if (closedByClient) return
      // Not instanceof: under jsdom, encoders return byte arrays of another realm.
      if (ArrayBuffer.isView(piece)) body.enqueue(piece as Uint8Array)
      else if (typeof piece === 'string') body.enqueue(encoder.encode(piece))
      else body.enqueue(encoder.encode(`data: ${JSON.stringify(piece)}\n\n`))
    },
    end() {
      if (!isOver) body.close()
      isOver = true
    },
    fail: (error = new TypeError('network error')) => fail(error),
  }
  return { request, response }
}
