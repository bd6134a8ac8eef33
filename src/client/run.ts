import { CompletionError } from '../errors.ts'
import { CompletionFold, type Ending } from '../completion/fold.ts'
import type {
  CompletionTiming,
  ConnectingState,
  SettledState,
  StreamingState,
} from '../completion/state.ts'
import type { CompletionFormat, FormatReader } from '../formats/format.ts'
import { resolveFormat } from '../formats/resolve-format.ts'
import { readWire } from '../wire/read-wire.ts'
import type { WireEvent } from '../wire/wire-event.ts'
import type { CompletionSource, ReadOptions, SourceContext } from './options.ts'
import { callApp } from './report-errors.ts'
import { responseError } from './response-error.ts'
import { thrownError } from './thrown-error.ts'
import { safeCause } from './safe-cause.ts'
import { bodyOf, discard, isResponse } from './source-body.ts'
import { pauseIfDue } from './time-slice.ts'

export type RunningState = ConnectingState | StreamingState

/** The state of a run, without the content. */
type Phase =
  | { status: 'connecting' | 'streaming' | 'complete' }
  | { status: 'aborted'; abortReason: unknown }
  | { status: 'error'; error: CompletionError }

export interface RunHost {
  /** Opens the stream of an attempt. */
  open(context: SourceContext): CompletionSource | PromiseLike<CompletionSource>
  /** The options as they are now. */
  options(): ReadOptions
  /** The state changed. `urgent` asks to publish it at once. Never called once the run has settled. */
  onChange(urgent: boolean): void
  /** The run settled. Called exactly once. */
  onSettle(result: SettledState): void
}

/** The default of `limits.eventBytes`. */
const defaultEventLength = 16 * 1024 * 1024

/**
 * One request, from its start to the one state in which it settles. What happens after that (a late
 * chunk, a late rejection, a second abort) changes nothing and calls nobody.
 */
export class Run {
  readonly #host: RunHost
  readonly #fold = new CompletionFold()
  /** Aborts when the app wants no more of this run: the request itself ends. */
  readonly #request = new AbortController()
  /** Aborts when the run has settled, however it did: nothing more is read. */
  readonly #reading = new AbortController()
  readonly #attempt = 1
  #phase: Phase = { status: 'connecting' }
  #timing: CompletionTiming = {
    startedAt: performance.now(),
    responseAt: undefined,
    firstTokenAt: undefined,
    lastByteAt: undefined,
    settledAt: undefined,
    textEvents: 0,
    longestGap: 0,
  }
  #state: RunningState | SettledState | undefined

  constructor(host: RunHost) {
    this.#host = host
  }

  // A method: TypeScript takes a property that was false for false for good, awaits and calls or not.
  hasSettled(): boolean {
    return this.#timing.settledAt !== undefined
  }

  /** Runs to the end. Resolves in every case; the outcome is told to the host. */
  async execute(): Promise<void> {
    if (this.hasSettled()) return
    try {
      const source = await this.#host.open({ signal: this.#request.signal, attempt: this.#attempt })
      if (this.hasSettled()) discard(source)
      else await this.#read(source)
    } catch (thrown) {
      this.#fail(thrown)
    }
  }

  /** Settles as `aborted`, closes the connection. Nothing happens if the run has settled. */
  abort(reason: unknown) {
    if (this.hasSettled()) return
    this.#settle({ status: 'aborted', abortReason: reason })
    this.#request.abort(reason)
  }

  /** The state as it is now: immutable, and the same reference as long as nothing changes. */
  state(): RunningState | SettledState {
    if (this.#state && !this.#fold.changed) return this.#state
    this.#timing = { ...this.#timing, textEvents: this.#fold.textEvents }
    const state: RunningState | SettledState = {
      ...this.#fold.snapshot(),
      attempt: this.#attempt,
      timing: this.#timing,
      error: undefined,
      abortReason: undefined,
      ...this.#phase,
    }
    this.#state = state
    return state
  }

  async #read(source: CompletionSource) {
    const response = isResponse(source) ? source : undefined
    this.#timing = { ...this.#timing, responseAt: performance.now() }
    if (response && !response.ok) throw await responseError(response, this.#reading.signal)
    const body = bodyOf(source)
    const format = this.#formatFor(source)
    this.#enter({ status: 'streaming' })

    let reader: FormatReader | undefined
    const apply = this.#applyTo(format)
    await readWire(body, {
      contentType: response?.headers.get('content-type'),
      framing: format.framing,
      maxEventLength: this.#host.options().limits?.eventBytes ?? defaultEventLength,
      signal: this.#reading.signal,
      onFraming: (framing) => (reader = format.createReader(framing)),
      onArrival: () => this.#noteArrival(),
      onEvent: (event) => {
        if (this.hasSettled()) return
        callApp(this.#host.options().onEvent, event)
        if (!this.hasSettled() && reader) apply(reader, event)
      },
      pause: pauseIfDue,
    })
    if (this.hasSettled()) return
    if (reader) apply(reader, undefined)
    this.#end(this.#fold.ending ?? { type: 'truncated' }, format)
  }

  #formatFor(source: CompletionSource): CompletionFormat {
    try {
      return resolveFormat(this.#host.options().format)
    } catch (error) {
      discard(source)
      throw error
    }
  }

  /** Gives an event, or the end of the body, to the format's reader, and acts on what it means. */
  #applyTo(format: CompletionFormat) {
    const fold = this.#fold
    const emit = fold.apply.bind(fold)
    return (reader: FormatReader, event: WireEvent | undefined) => {
      const hadContent = fold.hasContent
      try {
        if (event) reader.read(event, emit)
        else reader.end(emit)
      } catch (thrown) {
        this.#fail(formatError(format, thrown))
        return
      }
      if (fold.ending) {
        this.#end(fold.ending, format)
        return
      }
      const bound = this.#host.options().limits?.textLength
      if (bound !== undefined && fold.textLength > bound) {
        this.#fail(textTooLong(bound))
        return
      }
      const first = fold.hasContent && !hadContent
      if (first) this.#timing = { ...this.#timing, firstTokenAt: performance.now() }
      if (fold.changed) this.#host.onChange(first)
    }
  }

  #end(ending: Ending, format: CompletionFormat) {
    if (ending.type === 'complete') this.#settle({ status: 'complete' })
    else this.#fail(ending.type === 'failed' ? ending.error : truncated(format))
  }

  #fail(thrown: unknown) {
    const phase = this.#phase.status === 'connecting' ? 'connect' : 'body'
    this.#settle({ status: 'error', error: thrownError(thrown, phase) })
  }

  #settle(phase: Phase) {
    if (this.hasSettled()) return
    this.#fold.close(phase.status === 'complete')
    this.#phase = phase
    this.#timing = { ...this.#timing, settledAt: performance.now() }
    this.#reading.abort(new DOMException('The run has settled.', 'AbortError'))
    this.#host.onSettle(this.state() as SettledState)
  }

  #enter(phase: Phase) {
    this.#phase = phase
    this.#state = undefined
    this.#host.onChange(false)
  }

  #noteArrival() {
    const now = performance.now()
    const { lastByteAt, longestGap } = this.#timing
    const gap = now - (lastByteAt ?? now)
    this.#timing = { ...this.#timing, lastByteAt: now, longestGap: Math.max(longestGap, gap) }
  }
}

function truncated({ properEnd }: CompletionFormat): CompletionError {
  return new CompletionError({
    kind: 'truncated',
    message: `The stream ended early: it stopped before its proper end (${properEnd}). What had arrived is kept.`,
  })
}

/** A format may be the app's own code, which is not to be blamed on the connection. */
function formatError({ name }: CompletionFormat, thrown: unknown): CompletionError {
  const said = thrown instanceof Error ? thrown.message : String(thrown)
  return new CompletionError({
    kind: 'protocol',
    message: `The format '${name}' could not read the stream: ${said}`,
    cause: safeCause(thrown),
  })
}

function textTooLong(bound: number): CompletionError {
  return new CompletionError({
    kind: 'limit',
    message: `The text is longer than the limit of ${bound} (limits.textLength).`,
  })
}
