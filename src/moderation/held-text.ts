import type { ContentEvent } from '../formats/vocabulary/completion-event.ts'
import type { Step } from '../run/stage.ts'
import { lastSentenceEnd, mayEndSentence } from '../text/sentence-end.ts'

/** The longest text without punctuation that is held back, in UTF-16 code units. */
const longestSentence = 2000

/** The events that wait for a check, in order, and how much of their text is whole sentences. */
export class HeldText {
  readonly #every: 'sentence' | number
  readonly #steps: Step[] = []
  /** The text that has grown in the steps. */
  #text = ''
  /** How much of the text is complete, whatever its punctuation. */
  #whole = 0
  #mayEndSentence = false

  constructor(every: 'sentence' | number) {
    this.#every = every
  }

  add(step: Step): void {
    this.#steps.push(step)
    for (const event of step.events) {
      const grown = grownText(event)
      this.#text += grown
      this.#mayEndSentence ||= mayEndSentence(grown)
      if (endsText(event)) this.#whole = this.#text.length
    }
  }

  /** Removes and returns the text that is ready for a check. */
  take(all: boolean): readonly Step[] {
    const length = all ? this.#text.length : this.#readyLength()
    // Nothing is ready. Events that add no text are released with the text after them.
    if (length === 0 && this.#text !== '') return []
    const taken: Step[] = []
    let room = length
    for (;;) {
      const step = this.#steps[0]
      if (!step) break
      const { ready, rest } = cutStep(step, room)
      room -= ready.reduce((sum, event) => sum + grownText(event).length, 0)
      if (rest.length > 0) {
        if (ready.length > 0) {
          taken.push({ wireEvent: undefined, events: ready })
          this.#steps[0] = { wireEvent: step.wireEvent, events: rest }
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

/** Splits a step into the part that fits into the given amount of text, and the rest. */
function cutStep({ events }: Step, room: number) {
  const ready: ContentEvent[] = []
  for (const [index, event] of events.entries()) {
    const { length } = grownText(event)
    if (length > room) {
      const rest = events.slice(index + 1)
      // Only events with a delta add text.
      const whole = event as Extract<ContentEvent, { delta: string }>
      if (room === 0) return { ready, rest: [whole, ...rest] }
      ready.push({ ...whole, delta: whole.delta.slice(0, room) })
      return { ready, rest: [{ ...whole, delta: whole.delta.slice(room) }, ...rest] }
    }
    ready.push(event)
    room -= length
  }
  return { ready, rest: [] }
}

function grownText(event: ContentEvent): string {
  return event.type === 'delta' || event.type === 'transcript' ? event.delta : ''
}

/** Whether the event ends its text: its last sentence does not continue. */
function endsText({ type }: ContentEvent): boolean {
  return (
    type === 'done' || type === 'item-done' || type === 'item-removed' || type === 'output-done'
  )
}
