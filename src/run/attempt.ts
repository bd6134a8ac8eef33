import type { NetworkPhase } from '../errors/completion-error.ts'
import { endMarkerMissing } from '../errors/truncated.ts'
import type { Ending } from '../formats/vocabulary/completion-event.ts'
import type { CompletionFormat } from '../formats/vocabulary/format.ts'
import type { Framing } from '../wire/framer.ts'
import { readWire } from '../wire/read-wire.ts'
import { eventOfValue, type WireEvent } from '../wire/wire-event.ts'
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

/** One request and the reading of its response. Once closed, it calls no callbacks. */
export interface Attempt {
  read(context: Omit<SourceContext, 'signal'>): Promise<void>
  /** Stops reading and cancels the body. */
  close(): void
  /** Also aborts the request itself. Call it last: the app's own code may listen to its signal. */
  abort(reason: unknown): void
}

export function createAttempt(host: ReadingHost, answer: AnswerReader): Attempt {
  /** Its signal is passed to `fetch` or to the source. */
  const request = new AbortController()
  const reading = new AbortController()
  const { signal } = reading
  /** Mirrors `signal.aborted`; a plain variable is cheaper to read on every event. */
  let closed = false
  // A function: TypeScript would keep the variable narrowed to `false` across calls.
  const isClosed = () => closed

  function close() {
    closed = true
    reading.abort()
  }

  function end(ending: Ending, format: CompletionFormat) {
    // The code that was just called may have closed the attempt.
    if (closed) return
    host.onEnd(
      ending.type === 'complete'
        ? undefined
        : ending.type === 'failed'
          ? ending.error
          : endMarkerMissing(format.properEnd),
    )
  }

  async function read(context: Omit<SourceContext, 'signal'>) {
    let phase: NetworkPhase = 'connect'
    let isWhole = false
    diagnoseConnections(signal)
    try {
      let source: CompletionSource
      try {
        source = await host.open({ ...context, signal: request.signal })
      } catch (thrown) {
        source = thrownResponse(thrown)
      }
      const response = isResponse(source) ? source : undefined
      if (response && !isClosed()) callApp(host.options().onResponse, response)
      if (isClosed()) {
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
      let hasBegun = false
      const begin = (framing: Framing) => {
        hasBegun = true
        diagnoseContentType(contentType, framing)
        answer.begin(framing)
      }
      const onEvent = (event: WireEvent) => {
        if (closed) return
        if (event.json === undefined) diagnoseWrappedComment(event)
        const ending = answer.read(event)
        if (ending) end(ending, format)
      }
      const { createFramer, createFrameReader } = host.features
      const maxEventLength = host.options().limits?.eventLength ?? defaultEventLength
      await readWire(body, {
        isNative: !!response && isNativeResponse(response),
        signal,
        createFramer: () =>
          createFramer({
            contentType,
            framing: format.framing,
            maxEventLength,
            onFraming: begin,
            onEvent,
            frames: createFrameReader?.({
              maxEventLength,
              repetition: (event) => answer.repetition(event),
            }),
          }),
        onObject(value) {
          if (!hasBegun) begin('json')
          onEvent(eventOfValue(value))
        },
        onArrival: () => host.onArrival(),
        pause() {
          host.onRead()
          return pauseIfDue()
        },
        rest: () => (answer.hasContent ? host.rest?.() : undefined),
      })
      isWhole = !isClosed()
      if (isWhole) end(answer.read(undefined) ?? { type: 'truncated' }, format)
    } catch (thrown) {
      if (!isClosed()) host.onEnd(thrownError(thrown, phase))
    }
    // Firefox keeps the connection of a cancelled body open. This comes after the callbacks, because the
    // app's own code may listen to the signal.
    if (!isWhole) request.abort()
  }

  return {
    read,
    close,
    abort(reason) {
      close()
      request.abort(reason)
    },
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
