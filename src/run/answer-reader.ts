import { isCompletionError, type CompletionError } from '../errors/completion-error.ts'
import { textTooLong } from '../errors/limit.ts'
import { formatThrew, runFailed } from '../errors/app.ts'
import { carriesContent, CompletionFold } from '../completion/fold.ts'
import type { Checkpoint, RunningState, SettledState } from '../completion/state.ts'
import {
  isEnding,
  type CompletionEvent,
  type ContentEvent,
  type Ending,
} from '../formats/vocabulary/completion-event.ts'
import type { CompletionFormat, FormatReader } from '../formats/vocabulary/format.ts'
import { createResponseCheck } from '../formats/responses/same-response.ts'
import { expectMeaning } from '../formats/expect-meaning.ts'
import { meaningless, textPathOf } from '../formats/text-path.ts'
import { callApp } from '../publishing/call-app.ts'
import type { Framing } from '../wire/framer.ts'
import type { Repetition } from '../wire/repetition.ts'
import type { WireEvent } from '../wire/wire-event.ts'
import type { ReadingHost } from './reading-host.ts'
import type { ResumeSession } from './resumption.ts'
import type { StageHost, StageSession, Step } from './stage.ts'

/**
 * Reads one answer: wire events go in, in order, and its content grows. It outlives a broken connection
 * that is resumed. A retried attempt gets a new one.
 */
export class AnswerReader {
  fold: CompletionFold = new CompletionFold()
  /** Whether any content has arrived, shown or not. */
  hasContent = false
  resume: ResumeSession | undefined
  /** Why the answer cannot be read. Thrown when the run executes. */
  readonly problem: Error | undefined
  readonly #checkResponse: (event: WireEvent) => void
  readonly #host: Pick<ReadingHost, 'options' | 'features' | 'onContent' | 'onChange' | 'fail'>
  readonly #stage: StageSession | undefined
  readonly #life = new AbortController()
  /** Mirrors `#life.signal.aborted`; a plain field is cheaper to read on every event. */
  #closed = false
  #format: CompletionFormat | undefined
  #reader: FormatReader | undefined
  /** The meaning of the current wire event, if a stage receives it. */
  #events: ContentEvent[] = []
  #ending: Ending | undefined
  /** The meaning of the last wire event, if it is a single completion event. */
  #meaning: CompletionEvent | undefined
  #meanings = 0
  /** How much output text has arrived, shown or still held by a stage, in UTF-16 code units. */
  #grown = 0

  /** @throws TypeError for an option of the wrong type */
  constructor(
    host: Pick<ReadingHost, 'options' | 'features' | 'onContent' | 'onChange' | 'fail'>,
    checkpoint?: Checkpoint,
  ) {
    this.#host = host
    this.#checkResponse = createResponseCheck(checkpoint?.responseId)
    let mistake: string | undefined
    try {
      const { moderate, resume, stage } = host.options()
      mistake =
        wrongOption('moderate', moderate, 'moderationGate') ??
        wrongOption('resume', resume ?? (checkpoint && {}), 'resumable')
      if (!mistake) {
        this.resume = resume?.open(checkpoint)
        this.#stage = (stage ? stage(moderate) : moderate)?.open(this.#stageHost())
      }
    } catch (thrown) {
      this.problem = runFailed(thrown)
    }
    if (mistake) throw new TypeError(mistake)
  }

  /** Resolved when the first body is about to be read, and kept for those that continue it. */
  get format(): CompletionFormat {
    return (this.#format ??= this.#host.features.formatOf(this.#host.options().format))
  }

  begin(framing: Framing): void {
    this.#reader ??= expectMeaning(this.format.createReader(framing))
  }

  /**
   * Reads the next event, or the end of the body. Returns how the completion ended, once it has.
   *
   * @throws CompletionError if the event cannot be read
   */
  read(wireEvent: WireEvent | undefined): Ending | undefined {
    if (wireEvent) {
      // Before an event that was already processed is dropped.
      this.#checkResponse(wireEvent)
      if (this.resume?.accept(wireEvent) === false) return undefined
    }
    const stage = this.#stage
    if (wireEvent && !stage) {
      this.#tellApp(wireEvent)
      if (this.isClosed()) return undefined
    }
    const hadContent = this.fold.hasContent
    const ending = this.#interpret(wireEvent)
    const isWithinLimit = this.#isWithinLimit()
    if (stage && isWithinLimit) stage.receive({ wireEvent, events: this.#events })
    // Otherwise the settled state, which follows at once, shows what arrived with the end.
    else if (isWithinLimit && !ending) this.#changed(hadContent)
    return ending
  }

  /**
   * How the events that follow the last one can be read together. `undefined` if each of them has to be
   * processed separately.
   */
  repetition(event: WireEvent): Repetition | undefined {
    const { onEvent, publish, limits } = this.#host.options()
    const meaning = this.#meanings === 1 && this.#meaning
    const isWatched = onEvent ?? this.resume ?? this.#stage ?? publish === 'sync'
    if (!this.#reader || !meaning || meaning.type !== 'delta' || isWatched || this.isClosed()) {
      return undefined
    }
    const text = textPathOf(this.#reader, event, meaning)
    return (
      text && {
        text,
        ignored: meaningless,
        room: (limits?.textLength ?? Infinity) - this.fold.textLength,
        append: (delta, events) => {
          this.fold.apply({ ...meaning, delta }, events)
          this.#changed(true)
        },
      }
    )
  }

  /** Returns a promise if the stage still has to release or check something before the run may settle. */
  end(error?: CompletionError): Promise<void> | undefined {
    return this.isClosed() ? undefined : this.#stage?.end(() => this.fold.snapshot(), error)
  }

  /** A state of the run, with the fields that the stage adds. */
  complete<State extends RunningState | SettledState>(state: State): State {
    return this.#stage?.fields ? { ...state, ...this.#stage.fields(state) } : state
  }

  /** Discards all content. */
  clear(): void {
    this.fold = new CompletionFold()
  }

  /** Called when the run has settled, or continues with another answer. */
  close(): void {
    this.#closed = true
    this.#life.abort()
  }

  // A method: TypeScript would keep a property narrowed to `false` across calls.
  isClosed(): boolean {
    return this.#closed
  }

  #stageHost(): StageHost {
    const { signal } = this.#life
    return {
      signal,
      hearsEvents: () => !!this.#host.options().onEvent,
      deliver: (step) => {
        if (signal.aborted) return
        try {
          this.#apply(step)
        } catch (thrown) {
          this.#host.fail(runFailed(thrown))
        }
      },
      fail: (error, withdraw) => {
        if (signal.aborted) return
        if (withdraw) this.clear()
        this.#host.fail(error)
      },
    }
  }

  /** Applies a step that has passed the stage. */
  #apply({ wireEvent, events }: Step) {
    if (wireEvent) this.#tellApp(wireEvent)
    if (this.isClosed()) return
    const hadContent = this.fold.hasContent
    for (const event of events) this.fold.apply(event)
    if (this.#isWithinLimit()) this.#changed(hadContent)
  }

  #tellApp(wireEvent: WireEvent) {
    const { onEvent } = this.#host.options()
    if (onEvent) callApp(onEvent, wireEvent)
  }

  /** Returns how the completion ended, once it has. */
  #interpret(wireEvent: WireEvent | undefined): Ending | undefined {
    if (this.#stage) this.#events = []
    this.#ending = undefined
    this.#meanings = 0
    try {
      if (wireEvent) this.#reader?.read(wireEvent, this.#emit)
      else this.#reader?.end(this.#emit)
    } catch (thrown) {
      throw isCompletionError(thrown) ? thrown : formatThrew(this.format.name, thrown)
    }
    return this.#ending
  }

  readonly #emit = (event: CompletionEvent) => {
    if (this.#ending) return
    // Metadata that is repeated changes nothing.
    if (event.type !== 'metadata') {
      this.#meanings++
      this.#meaning = event
    }
    if (isEnding(event)) {
      this.#ending = event
    } else {
      this.resume?.observe(event)
      if (!this.hasContent && carriesContent(event)) {
        this.hasContent = true
        this.#host.onContent()
      }
      if (event.type === 'delta' && event.channel === 'output_text') {
        this.#grown += event.delta.length
      }
      if (this.#stage) this.#events.push(event)
      else this.fold.apply(event)
    }
  }

  #changed(hadContent: boolean) {
    const { changed, hasContent } = this.fold
    if (changed) this.#host.onChange(hasContent && !hadContent)
  }

  /** Fails the run otherwise. */
  #isWithinLimit(): boolean {
    const limit = this.#host.options().limits?.textLength ?? Infinity
    const { textLength } = this.fold
    // Text that a stage holds counts. A replacement may make the text shorter than what has arrived.
    const isWithin = (this.#stage ? Math.max(textLength, this.#grown) : textLength) <= limit
    if (!isWithin) this.#host.fail(textTooLong(limit))
    return isWithin
  }
}

/** Returns the message for an option that should be the result of `maker`, but is not. */
function wrongOption(name: string, option: unknown, maker: string): string | undefined {
  return option && typeof (option as { open?: unknown }).open !== 'function'
    ? `Import ${maker} and set the option ${name} to ${maker}({ … }).`
    : undefined
}
