import type { CompletionEvent } from '../formats/vocabulary/completion-event.ts'
import { finishReasonOf, type FinishReason } from '../formats/vocabulary/finish-reason.ts'
import { arrayOf, type JsonRecord } from '../json/json-record.ts'
import type { OutputContent } from './derive-channels.ts'
import { releaseStringPieces } from './release-string-pieces.ts'
import { OutputBuilder } from './output-builder.ts'
import type { Choice } from './state.ts'
import { answersIn } from './tool-calls.ts'

/** An event that concerns one choice. */
export type ChoiceEvent = Extract<CompletionEvent, { choice: number }>

/** In a list of up to 32 times this many log probabilities, every snapshot includes the new ones. */
const fewLogprobs = 128

/** Builds one choice: its output and the fields beside it. */
export class ChoiceBuilder {
  readonly output: OutputBuilder = new OutputBuilder()
  readonly #index: number
  #proper = false
  #finish: { reason: FinishReason; raw: string } | undefined
  #transcript = ''
  #logprobs: readonly unknown[] | undefined
  /** Log probabilities that are not in a snapshot yet: a list in a snapshot is never modified. */
  #newLogprobs: unknown[] = []
  #isClosed = false
  #choice: Choice | undefined

  constructor(index: number) {
    this.#index = index
  }

  apply(event: ChoiceEvent): void {
    if (event.type === 'transcript') {
      this.#transcript += event.delta
      this.output.changed = true
    } else if (event.type === 'choice') {
      const { logprobs = [], raw, reason } = event
      for (const value of logprobs) this.#newLogprobs.push(value)
      const finishes = raw && raw !== this.#finish?.raw
      if (finishes) this.#finish = { reason: reason ?? finishReasonOf(raw), raw }
      if (logprobs.length > 0 || finishes) this.output.changed = true
    } else {
      this.output.apply(event)
    }
  }

  /**
   * The run is over. Items that are still open in a cut answer are incomplete: a call with partial
   * arguments must not look ready to run.
   */
  close(proper: boolean): void {
    const reason = this.#finish?.reason
    this.#proper = proper
    this.#isClosed = true
    this.output.close(proper, proper && reason !== 'length' && reason !== 'content-filter')
    releaseStringPieces([this.#transcript, this.#choice?.transcript], 1)
    // Without a reason from the server, what waits gives one.
    this.#choice = undefined
  }

  /** The choice so far: immutable, and the same reference as long as nothing changes. */
  snapshot(): Choice {
    if (this.#choice && !this.output.changed) return this.#choice
    const content = this.output.snapshot()
    const { length } = this.#newLogprobs
    const shown = this.#logprobs ?? []
    // A snapshot copies the whole list. With thousands of entries, it waits for a few percent of new ones.
    const areWorthIt = this.#isClosed || length + fewLogprobs > shown.length / 32
    if (length > 0 && areWorthIt) {
      this.#logprobs = shown.concat(this.#newLogprobs)
      this.#newLogprobs = []
    }
    if (this.#finish) this.#logprobs ??= logprobsIn(content.output)
    return (this.#choice = {
      index: this.#index,
      ...content,
      transcript: this.#transcript,
      logprobs: this.#logprobs,
      finishReason:
        this.#finish || this.#proper
          ? refineFinishReason(this.#finish?.reason, content)
          : undefined,
      rawFinishReason: this.#finish?.raw,
    })
  }
}

/** The log probabilities in the output, as in a response that arrived as a whole. */
function logprobsIn(output: OutputContent['output']): readonly unknown[] | undefined {
  const parts = output.flatMap((item) => (item.type === 'message' ? item.content : []))
  const values = parts.flatMap((part) => arrayOf((part as unknown as JsonRecord)['logprobs']))
  return values.length > 0 ? values : undefined
}

/** Replaces `stop` if the model only declined, or waits for its tools or the user. */
function refineFinishReason(
  reason: FinishReason | undefined,
  { text, refusal, toolCalls, approvals, output }: OutputContent,
): FinishReason | undefined {
  if (reason && reason !== 'stop' && reason !== 'tool-calls') return reason
  // A server that ran a tool itself also sends its output.
  const answered = answersIn(output)
  if (toolCalls.some(({ id }) => !answered.has(id))) return 'tool-calls'
  if (approvals.length > 0) return 'approval'
  return reason === 'stop' && refusal !== '' && text === '' ? 'refusal' : reason
}
