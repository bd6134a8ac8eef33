import type { Emit } from './completion-event.ts'
import { finishReasonOf } from './finish-reason.ts'
import { arrayOf, isRecord, numberOf, stringOf, type JsonRecord } from './json.ts'
import { moderationOf } from './moderation.ts'
import { usageOf } from './usage.ts'

/**
 * The choices of a Completions stream: which are open, and whether all of them have finished. That,
 * or `[DONE]`, is the proper end of both Completions APIs.
 */
export class Choices<T> {
  readonly #choices = new Map<number, { finished: boolean; reading: T }>()
  readonly #open: () => T

  constructor(open: () => T) {
    this.#open = open
  }

  get allFinished(): boolean {
    const choices = [...this.#choices.values()]
    return choices.length > 0 && choices.every((choice) => choice.finished)
  }

  /** Reads what is common to the chunks of both APIs, and hands each choice to `readChoice`. */
  readChunk(
    chunk: JsonRecord,
    emit: Emit,
    readChoice: (choice: JsonRecord, index: number, reading: T) => void,
  ) {
    emit({
      type: 'metadata',
      responseId: stringOf(chunk['id']),
      model: stringOf(chunk['model']),
      serviceTier: stringOf(chunk['service_tier']),
    })
    for (const choice of arrayOf(chunk['choices'])) {
      if (!isRecord(choice)) continue
      const index = choiceIndexOf(choice)
      let known = this.#choices.get(index)
      if (!known) {
        known = { finished: false, reading: this.#open() }
        this.#choices.set(index, known)
        emit({ type: 'choice-opened', choice: index })
      }
      readChoice(choice, index, known.reading)
      const raw = stringOf(choice['finish_reason'])
      if (raw) {
        known.finished = true
        emit({ type: 'finish', choice: index, reason: finishReasonOf(raw), raw })
      }
    }
  }
}

/** Reads what a chunk says of the whole completion; it comes last, often in a chunk without choices. */
export function readTotals(chunk: JsonRecord, emit: Emit) {
  const usage = usageOf(chunk['usage'])
  if (usage) emit({ type: 'usage', usage })
  const moderation = moderationOf(chunk['moderation'])
  if (moderation) emit({ type: 'moderation', moderation })
}

/** Choices are numbered from 0; what is no such number is the choice that the app sees first. */
function choiceIndexOf(choice: JsonRecord): number {
  const index = numberOf(choice['index'])
  return index !== undefined && Number.isSafeInteger(index) && index >= 0 ? index : 0
}
