import type { FinishReason } from '../formats/finish-reason.ts'
import type { OutputContent } from './derive-channels.ts'
import { OutputBuilder } from './output-builder.ts'
import type { Choice } from './state.ts'

/** Builds one choice: its output, and what stands beside the output. */
export class ChoiceBuilder {
  readonly output = new OutputBuilder()
  readonly #index: number
  #finish: { reason: FinishReason; raw: string } | undefined
  #transcript = ''
  #logprobs: readonly unknown[] | undefined
  /** Log probabilities since the last snapshot: a list that was shown is not written to again. */
  #newLogprobs: unknown[] = []
  #changed = false
  #choice: Choice | undefined

  constructor(index: number) {
    this.#index = index
  }

  /** Whether anything has changed since the last snapshot. */
  get changed(): boolean {
    return this.#changed || this.output.changed
  }

  finish(reason: FinishReason, raw: string) {
    if (this.#finish?.raw === raw) return
    this.#finish = { reason, raw }
    this.#changed = true
  }

  transcribe(delta: string) {
    this.#transcript += delta
    this.#changed = true
  }

  addLogprobs(values: readonly unknown[]) {
    for (const value of values) this.#newLogprobs.push(value)
    this.#changed = true
  }

  /** The choice so far: immutable, and the same reference as long as nothing changes. */
  snapshot(): Choice {
    if (this.#choice && !this.changed) return this.#choice
    const content = this.output.snapshot()
    if (this.#newLogprobs.length > 0) {
      this.#logprobs = (this.#logprobs ?? []).concat(this.#newLogprobs)
      this.#newLogprobs = []
    }
    this.#changed = false
    this.#choice = {
      index: this.#index,
      ...content,
      transcript: this.#transcript,
      logprobs: this.#logprobs,
      finishReason: this.#finish && refineFinishReason(this.#finish.reason, content),
      rawFinishReason: this.#finish?.raw,
    }
    return this.#choice
  }
}

/** A model that only declined, or that waits for its tools, has not simply stopped. */
function refineFinishReason(reason: FinishReason, content: OutputContent): FinishReason {
  if (reason !== 'stop') return reason
  if (content.toolCalls.length > 0) return 'tool-calls'
  return content.refusal !== '' && content.text === '' ? 'refusal' : 'stop'
}
