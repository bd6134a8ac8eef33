import type { CompletionError } from '../errors/completion-error.ts'
import { textTooLong } from '../errors/limit.ts'
import { formatThrew } from '../errors/protocol.ts'
import { carriesContent, CompletionFold } from '../completion/fold.ts'
import type { Checkpoint, SettledState } from '../completion/state.ts'
import {
  isEnding,
  type CompletionEvent,
  type Ending,
} from '../formats/vocabulary/completion-event.ts'
import type { CompletionFormat, FormatReader } from '../formats/vocabulary/format.ts'
import { resolveFormat } from '../formats/resolve-format.ts'
import type { Framing } from '../wire/framer.ts'
import type { WireEvent } from '../wire/wire-event.ts'
import type { GateSession, ResumeSession } from './extensions.ts'
import type { CompletionOptions } from './options.ts'
import { callApp } from '../publishing/call-app.ts'
import type { RunningState } from './run.ts'

/** The options that are read while a run goes on. */
export type RunOptions = Pick<
  CompletionOptions,
  'format' | 'limits' | 'timeouts' | 'onEvent' | 'moderate' | 'resume' | 'retry'
>

export interface AnswerHost {
  options(): RunOptions
  /** The first content has arrived, shown or not. */
  onContent(): void
  /** There is something new to show; `urgent` asks to publish it at once. */
  onChange(urgent: boolean): void
  /** Settles the run as failed. */
  fail(error: CompletionError): void
  /** The state as it is now. */
  state(): RunningState | SettledState
}

/**
 * One answer as far as it has arrived: events of the wire go in, in order, and its content grows. It
 * outlives a connection that breaks and is resumed, but not an attempt that is made again.
 */
export class Answer {
  fold: CompletionFold = new CompletionFold()
  /** Whether any content has arrived, shown or not. */
  hasContent = false
  readonly resume: ResumeSession | undefined
  readonly #host: AnswerHost
  readonly #gate: GateSession | undefined
  readonly #life = new AbortController()
  /** What its signal says too, at a greater cost than every event should have. */
  #over = false
  #format: CompletionFormat | undefined
  #reader: FormatReader | undefined
  /** What the event that is being read means, where a gate is to receive it. */
  #meanings: CompletionEvent[] = []
  #ending: Ending | undefined

  /** @throws TypeError for an option that is not the object it should be */
  constructor(host: AnswerHost, checkpoint?: Checkpoint) {
    this.#host = host
    const { moderate, resume } = host.options()
    if (moderate && !isFeature(moderate)) throw wrongOption('moderate', 'moderationGate')
    if ((resume && !isFeature(resume)) || (checkpoint && !resume)) {
      throw wrongOption('resume', 'resumable')
    }
    this.resume = resume?.open(checkpoint)
    const { signal } = this.#life
    this.#gate = moderate?.open({
      signal,
      deliver: (event, meanings) => {
        if (signal.aborted) return
        if (event) callApp(this.#host.options().onEvent, event)
        if (this.isOver()) return
        const hadContent = this.fold.hasContent
        for (const meaning of meanings) this.fold.apply(meaning)
        if (this.#isWithinLimit()) this.#changed(hadContent)
      },
      fail: (error, withdraw) => {
        if (signal.aborted) return
        if (withdraw) this.fold = new CompletionFold()
        host.fail(error)
      },
      state: () => host.state(),
    })
  }

  /** Resolved when the first body is about to be read, and kept for those that continue it. */
  get format(): CompletionFormat {
    return (this.#format ??= resolveFormat(this.#host.options().format))
  }

  begin(framing: Framing): void {
    this.#reader ??= this.format.createReader(framing)
  }

  /**
   * Reads the next event, or the end of the body. Answers how the completion ended, once it has.
   *
   * @throws CompletionError where the event cannot be read
   */
  read(event: WireEvent | undefined): Ending | undefined {
    if (event && this.resume?.accept(event) === false) return undefined
    if (event && !this.#gate) {
      const { onEvent } = this.#host.options()
      if (onEvent) callApp(onEvent, event)
      if (this.isOver()) return undefined
    }
    const hadContent = this.fold.hasContent
    const ending = this.#interpret(event)
    if (this.#gate) this.#gate.receive({ event, meanings: this.#meanings })
    // The settled state, which follows at once, shows what came with the end.
    else if (this.#isWithinLimit() && !ending) this.#changed(hadContent)
    return ending
  }

  /** A promise where what has arrived must still be cleared before the run may settle. */
  end(error?: CompletionError): Promise<void> | undefined {
    return this.#gate?.end(error)
  }

  /** A state as the run makes it, with what a gate has to add. */
  complete<State extends RunningState | SettledState>(state: State): State {
    return this.#gate?.fields ? { ...state, ...this.#gate.fields(state) } : state
  }

  /** The run has settled, or goes on with another answer. */
  close(): void {
    this.#over = true
    this.#life.abort()
  }

  // A method: TypeScript takes a property that was false for false for good, calls or not.
  isOver(): boolean {
    return this.#over
  }

  /** Answers how the completion ended, once it has. */
  #interpret(event: WireEvent | undefined): Ending | undefined {
    if (this.#gate) this.#meanings = []
    this.#ending = undefined
    try {
      if (event) this.#reader?.read(event, this.#emit)
      else this.#reader?.end(this.#emit)
    } catch (thrown) {
      throw formatThrew(this.format.name, thrown)
    }
    return this.#ending
  }

  readonly #emit = (meaning: CompletionEvent) => {
    if (this.#ending) return
    if (isEnding(meaning)) {
      this.#ending = meaning
    } else {
      this.resume?.note(meaning)
      if (!this.hasContent && carriesContent(meaning)) {
        this.hasContent = true
        this.#host.onContent()
      }
      if (this.#gate) this.#meanings.push(meaning)
      else this.fold.apply(meaning)
    }
  }

  #changed(hadContent: boolean) {
    const { changed, hasContent } = this.fold
    if (changed) this.#host.onChange(hasContent && !hadContent)
  }

  /** Otherwise the run has failed. */
  #isWithinLimit(): boolean {
    const { textLength = Infinity } = this.#host.options().limits ?? {}
    const isWithin = this.fold.textLength <= textLength
    if (!isWithin) this.#host.fail(textTooLong(textLength))
    return isWithin
  }
}

function isFeature(option: unknown): boolean {
  return typeof (option as { open?: unknown }).open === 'function'
}

function wrongOption(option: string, maker: string): TypeError {
  return new TypeError(`Import ${maker} and set the option ${option} to ${maker}({ … }).`)
}
