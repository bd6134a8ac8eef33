import { CompletionFold } from '../completion/fold.ts'
import { checkFailed, textFlagged } from '../errors/moderation.ts'
import type { CompletionContent } from '../completion/state.ts'
import type { CompletionError } from '../errors/completion-error.ts'
import { beginWork, pauseIfDue } from '../publishing/time-slice.ts'
import type { CompletionEvent } from '../formats/vocabulary/completion-event.ts'
import type { Stage, StageHost, StageSession, Step } from '../run/stage.ts'
import { HeldText } from './held-text.ts'
import { readableText, stringsIn } from './readable-text.ts'

/** The context of a check. */
export interface ModerationCheckContext {
  /** Aborts with the run. Pass it to the requests of the check. */
  signal: AbortSignal
  /** Whether this is the last check: the stream has ended, properly or not. */
  final: boolean
}

/** The result of a check: whether the text is flagged, and why. */
export type ModerationDecision = boolean | { flagged: boolean; reason?: string | undefined }

export interface ModerationGateOptions {
  /**
   * Checks everything that the model has written so far: text, reasoning, refusal, transcript and the
   * arguments of calls, for all choices. **`true` means flagged.** Checks never overlap: text that arrives
   * during a check waits for the next one. A check that throws, rejects, or returns anything else ends the
   * run with an error of kind `moderation`: it fails closed.
   */
  check: (
    text: string,
    context: ModerationCheckContext,
  ) => ModerationDecision | PromiseLike<ModerationDecision>
  /**
   * When to check: after whole sentences (`Intl.Segmenter`, or punctuation where that is missing), or
   * after at least so many new characters. The end of the stream is always checked.
   *
   * @default 'sentence'
   */
  every?: 'sentence' | number | undefined
  /**
   * What happens to text that was shown before the flag: it stays (`'keep'`), or all of it is removed
   * (`'withdraw'`). Text that was not cleared is never shown.
   *
   * @default 'keep'
   */
  onFlagged?: 'keep' | 'withdraw' | undefined
  /**
   * Which wire events `onEvent` receives: those whose text is cleared, once it is, without events that the
   * format does not know; or all events as they arrive, cleared or not.
   *
   * @default 'cleared'
   */
  events?: 'cleared' | 'all' | undefined
}

/**
 * Shows only text that a check has cleared. Pass the result as the option `moderate`. No other text
 * reaches a state, a callback or the page. Reading continues while a check runs. A flag closes the
 * connection and settles the run as an error of kind `moderation`; so does a check that fails. An abort
 * discards the text that is held back.
 *
 * @example
 * useStreamingCompletion({
 *   url: '/api/completion',
 *   moderate: moderationGate({
 *     check: (text, { signal }) => askYourModeration(text, signal), // true: flagged
 *   }),
 * })
 */
export function moderationGate(options: ModerationGateOptions): Stage {
  return { open: (host) => new Session(options, host) }
}

class Session implements StageSession {
  readonly #options: ModerationGateOptions
  readonly #host: StageHost
  readonly #held: HeldText
  /** Everything that was passed to a check, one step ahead of what is shown. */
  readonly #fold = new CompletionFold()
  /** Text of events and of the error that is not part of any content. */
  readonly #unread: string[] = []
  #cleared = ''
  #isChecking = false
  /** Set once the stream has ended; called when all has been cleared. */
  #resolveEnd: (() => void) | undefined

  constructor(options: ModerationGateOptions, host: StageHost) {
    this.#options = options
    this.#host = host
    this.#held = new HeldText(options.every ?? 'sentence')
  }

  receive({ wireEvent, events }: Step) {
    const showsAll = this.#options.events === 'all'
    if (showsAll) this.#host.deliver({ wireEvent, events: [] })
    if (events.every(saysNothing)) return
    if (wireEvent && !showsAll && this.#host.hearsEvents()) {
      const said = new Set(stringsIn(events))
      const { event, id, json, data } = wireEvent
      for (const text of stringsIn({ type: event, id, json, data: json === undefined && data })) {
        if (!said.has(text)) this.#unread.push(text)
      }
    }
    this.#held.add({ wireEvent: showsAll ? undefined : wireEvent, events })
    this.#advance()
  }

  end(_: () => CompletionContent, error?: CompletionError): Promise<void> {
    // Its message may quote the stream or come from the server.
    if (error && quotesServer.test(error.kind)) {
      const { message, code, type, param, body } = error
      this.#unread.push(...stringsIn([message, code, type, param, body]))
    }
    return new Promise((resolve) => {
      this.#resolveEnd = resolve
      this.#advance()
    })
  }

  #advance() {
    if (this.#isChecking || this.#host.signal.aborted) return
    const final = this.#resolveEnd !== undefined
    const steps = this.#held.take(final)
    if (steps.length === 0 && !final) return
    this.#isChecking = true
    void this.#check(steps, final)
  }

  async #check(steps: readonly Step[], final: boolean) {
    const { signal } = this.#host
    try {
      for (const { events } of steps) for (const event of events) this.#fold.apply(event)
      const shown = readableText(this.#fold.snapshot())
      const unread = this.#unread.filter((each) => !shown.includes(each))
      const text = [shown, ...unread].filter(Boolean).join('\n\n')
      // The last check runs with `final` even if there is no new text.
      if (text !== this.#cleared || (final && text !== '')) {
        const decision: unknown = await this.#options.check(text, { signal, final })
        const flagged = isFlagged(decision)
        if (signal.aborted) return
        if (flagged) {
          this.#host.fail(textFlagged(reasonOf(decision)), this.#options.onFlagged === 'withdraw')
          return
        }
        this.#cleared = text
      }
      await this.#deliver(steps)
    } catch (thrown) {
      this.#host.fail(checkFailed(thrown))
      return
    }
    this.#isChecking = false
    if (final) this.#resolveEnd?.()
    else this.#advance()
  }

  /** In slices, because much may have arrived during a slow check. */
  async #deliver(steps: readonly Step[]) {
    beginWork(performance.now())
    for (const step of steps) {
      this.#host.deliver(step)
      const turn = pauseIfDue()
      if (turn) await turn
    }
  }
}

/** The kinds of errors whose fields contain text from the server. */
const quotesServer = /^(http|api|protocol|app)$/

/** Formats report the identifiers of every event, including undefined ones. */
function saysNothing({ type, ...said }: CompletionEvent): boolean {
  return type === 'metadata' && Object.values(said).every((value) => value === undefined)
}

/** @throws TypeError if it is not a decision, so that a check without a return value clears nothing */
function isFlagged(decision: unknown): boolean {
  const flagged =
    typeof decision === 'object' && decision !== null && 'flagged' in decision
      ? decision.flagged
      : decision
  if (typeof flagged === 'boolean') return flagged
  throw new TypeError('The check must return a boolean or { flagged: boolean }.')
}

function reasonOf(decision: unknown): string | undefined {
  const { reason } = Object(decision) as { reason?: unknown }
  return typeof reason === 'string' ? reason : undefined
}
