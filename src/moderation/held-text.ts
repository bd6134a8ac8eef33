import type { CompletionEvent } from '../formats/vocabulary/completion-event.ts'
import type { WireEvent } from '../wire/wire-event.ts'
import { lastSentenceEnd, mayEndSentence } from '../text/sentence-end.ts'

/** A step, or the part of one that is cleared. Its event comes with the last part. */
export interface HeldStep {
  readonly event: WireEvent | undefined
  readonly meanings: readonly CompletionEvent[]
}

/** A text without punctuation is not held back for ever; in UTF-16 code units. */
const longestSentence = 2000

/** What waits to be checked, in the order in which it came, and how much of it makes whole sentences. */
export class HeldText {
  readonly #every: 'sentence' | number
  readonly #steps: HeldStep[] = []
  /** The text that has grown in the steps. */
  #text = ''
  /** So much of the text is whole, whatever it looks like. */
  #whole = 0
  #mayEndSentence = false

  constructor(every: 'sentence' | number) {
    this.#every = every
  }

  add(event: WireEvent | undefined, meanings: readonly CompletionEvent[]): void {
    this.#steps.push({ event, meanings })
    for (const meaning of meanings) {
      const grown = grownText(meaning)
      this.#text += grown
      this.#mayEndSentence ||= mayEndSentence(grown)
      if (endsText(meaning)) this.#whole = this.#text.length
    }
  }

  /** Takes out what is ready to be checked. */
  take(all: boolean): readonly HeldStep[] {
    const length = all ? this.#text.length : this.#readyLength()
    // Nothing is ready, and what does not grow the text comes with the text after it.
    if (length === 0 && this.#text !== '') return []
    const taken: HeldStep[] = []
    let room = length
    for (;;) {
      const step = this.#steps[0]
      if (!step) break
      const { ready, rest } = cutStep(step, room)
      room -= ready.reduce((sum, meaning) => sum + grownText(meaning).length, 0)
      if (rest.length > 0) {
        if (ready.length > 0) {
          taken.push({ event: undefined, meanings: ready })
          this.#steps[0] = { event: step.event, meanings: rest }
        }
        break
      }
      taken.push(step)
      this.#steps.shift()
    }
    this.#text = this.#text.slice(length)
    this.#whole = Math.max(0, this.#whole - length)
    this.#mayEndSentence = mayEndSentence(this.#text)
    return taken
  }

  #readyLength(): number {
    const { length } = this.#text
    if (this.#every !== 'sentence') return length >= this.#every ? length : this.#whole
    if (length >= longestSentence) return length
    if (!this.#mayEndSentence) return this.#whole
    return Math.max(this.#whole, lastSentenceEnd(this.#text))
  }
}

/** The part of a step that fits into so much text, and what is left of it. */
function cutStep({ meanings }: HeldStep, room: number) {
  const ready: CompletionEvent[] = []
  for (const [index, meaning] of meanings.entries()) {
    const { length } = grownText(meaning)
    if (length > room) {
      const rest = meanings.slice(index + 1)
      // Only what has a delta grows the text.
      const whole = meaning as Extract<CompletionEvent, { delta: string }>
      if (room === 0) return { ready, rest: [whole, ...rest] }
      ready.push({ ...whole, delta: whole.delta.slice(0, room) })
      return { ready, rest: [{ ...whole, delta: whole.delta.slice(room) }, ...rest] }
    }
    ready.push(meaning)
    room -= length
  }
  return { ready, rest: [] }
}

function grownText(meaning: CompletionEvent): string {
  return meaning.type === 'delta' || meaning.type === 'transcript' ? meaning.delta : ''
}

/** Whether a text is whole with it: a sentence will not go on, and the text may even be another one. */
function endsText({ type }: CompletionEvent): boolean {
  return type === 'done' || type === 'item-done' || type === 'output-done'
}
