import type { NetworkPhase } from '../errors/completion-error.ts'
import { endMarkerMissing } from '../errors/truncated.ts'
import type { Ending } from '../formats/vocabulary/completion-event.ts'
import type { CompletionFormat } from '../formats/vocabulary/format.ts'
import { readWire } from '../wire/read-wire.ts'
import type { AnswerReader } from './answer-reader.ts'
import type { ReadingHost } from './reading-host.ts'
import { callApp } from '../publishing/call-app.ts'
import { diagnoseConnections } from '../diagnosis/diagnose-connections.ts'
import { diagnoseContentType } from '../diagnosis/diagnose-content-type.ts'
import { diagnoseWrappedComment } from '../diagnosis/diagnose-wrapped-comment.ts'
import type { CompletionSource, SourceContext } from '../request/request-options.ts'
import { responseError } from '../request/response-error.ts'
import { bodyOf, discard, isResponse } from '../request/source-body.ts'
import { thrownError } from '../request/thrown-error.ts'
import { thrownResponse } from '../request/thrown-response.ts'
import { isNativeResponse } from '../request/request.ts'
import { pauseIfDue } from '../publishing/time-slice.ts'

/** The default of `limits.eventLength`. */
const defaultEventLength = 16 * 1024 * 1024

/** One request, and the reading of its response. Once it is closed it calls nobody any more. */
export class Attempt {
  readonly #host: ReadingHost
  readonly #answer: AnswerReader
  /** What `fetch` or the source listens to. */
  readonly #request = new AbortController()
  readonly #reading = new AbortController()
  /** Mirrors `#reading.signal.aborted`; a plain field is cheaper to read on every event. */
  #closed = false

  constructor(host: ReadingHost, answer: AnswerReader) {
    this.#host = host
    this.#answer = answer
  }

  async read(context: Omit<SourceContext, 'signal'>): Promise<void> {
    const { signal } = this.#reading
    const host = this.#host
    const answer = this.#answer
    let phase: NetworkPhase = 'connect'
    let isWhole = false
    diagnoseConnections(signal)
    try {
      let source: CompletionSource
      try {
        source = await host.open({ ...context, signal: this.#request.signal })
      } catch (thrown) {
        source = thrownResponse(thrown)
      }
      if (this.#isClosed()) {
        discard(source)
        return
      }
      const response = isResponse(source) ? source : undefined
      const { onResponse } = host.options()
      if (response && onResponse) callApp(onResponse, response)
      if (this.#isClosed()) {
        discard(source)
        return
      }
      if (response && !response.ok) {
        host.onHead(false)
        throw await responseError(response, signal)
      }
      const body = bodyOf(source)
      const contentType = response?.headers.get('content-type')
      const format = formatOf(answer, source)
      phase = 'body'
      host.onHead(true)
      await readWire(body, {
        isNative: !!response && isNativeResponse(response),
        contentType,
        framing: format.framing,
        maxEventLength: host.options().limits?.eventLength ?? defaultEventLength,
        signal,
        onFraming(framing) {
          diagnoseContentType(contentType, framing)
          answer.begin(framing)
        },
        onArrival: () => host.onArrival(),
        onEvent: (event) => {
          if (this.#isClosed()) return
          if (event.json === undefined) diagnoseWrappedComment(event)
          const ending = answer.read(event)
          if (ending) this.#end(ending, format)
        },
        repetition: (event) => answer.repetition(event),
        pause() {
          host.onRead()
          return pauseIfDue()
        },
        rest: () => (answer.hasContent ? host.rest?.() : undefined),
      })
      isWhole = !this.#isClosed()
      if (isWhole) this.#end(answer.read(undefined) ?? { type: 'truncated' }, format)
    } catch (thrown) {
      if (!this.#isClosed()) host.onEnd(thrownError(thrown, phase))
    }
    // Firefox keeps the connection open under a body that is cancelled. After the callbacks: the
    // app's own code may listen.
    if (!isWhole) this.#request.abort()
  }

  /** Nothing more is read: the body is cancelled. */
  close(): void {
    this.#closed = true
    this.#reading.abort()
  }

  /** Ends the request itself too. Call it last: the app's own code may listen. */
  abort(reason: unknown): void {
    this.close()
    this.#request.abort(reason)
  }

  #isClosed(): boolean {
    return this.#closed
  }

  #end(ending: Ending, format: CompletionFormat) {
    // It may have ended in what it just called.
    if (this.#isClosed()) return
    this.#host.onEnd(
      ending.type === 'complete'
        ? undefined
        : ending.type === 'failed'
          ? ending.error
          : endMarkerMissing(format.properEnd),
    )
  }
}

function formatOf(answer: AnswerReader, source: CompletionSource): CompletionFormat {
  try {
    return answer.format
  } catch (error) {
    discard(source)
    throw error
  }
}
