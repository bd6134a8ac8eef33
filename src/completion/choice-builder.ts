import type { FinishReason } from '../formats/finish-reason.ts'
import { arrayOf, type JsonRecord } from '../formats/json.ts'
import type { OutputContent } from './derive-channels.ts'
import { flatten } from './flatten.ts'
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

  /**
   * The run is over. What is still open when the answer was cut is not whole: a call whose arguments
   * end in their middle must not look ready to run.
   */
  close(proper: boolean) {
    const cut = this.#finish?.reason === 'length' || this.#finish?.reason === 'content-filter'
    this.output.close(proper && !cut)
    flatten(this.#transcript)
  }

  /** The choice so far: immutable, and the same reference as long as nothing changes. */
  snapshot(): Choice {
    if (this.#choice && !this.changed) return this.#choice
    const content = this.output.snapshot()
    if (this.#newLogprobs.length > 0) {
      this.#logprobs = (this.#logprobs ?? []).concat(this.#newLogprobs)
      this.#newLogprobs = []
    }
    if (this.#finish) this.#logprobs ??= logprobsIn(content.output)
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

/** Where no delta brought any: those that stand in the output, as in a response that came whole. */
function logprobsIn(output: OutputContent['output']): readonly unknown[] | undefined {
  const parts = output.flatMap((item) => (item.type === 'message' ? item.content : []))
  const values = parts.flatMap((part) => arrayOf((part as unknown as JsonRecord)['logprobs']))
  return values.length > 0 ? values : undefined
}

/** A model that only declined, or that waits for its tools, has not simply stopped. */
function refineFinishReason(reason: FinishReason, content: OutputContent): FinishReason {
  if (reason !== 'stop') return reason
  if (hasOpenCall(content)) return 'tool-calls'
  return content.refusal !== '' && content.text === '' ? 'refusal' : 'stop'
}

/** Whether the app is to run a tool: a server that ran it itself sends its output along. */
function hasOpenCall({ toolCalls, output }: OutputContent): boolean {
  if (toolCalls.length === 0) return false
  const answered = new Set(
    output.map((item) => (item.type === 'function_call_output' ? item['call_id'] : undefined)),
  )
  return toolCalls.some((call) => !answered.has(call.id))
}
