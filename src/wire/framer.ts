import { eventTooLong } from '../errors/limit.ts'
import type { Repetition } from './repetition.ts'
import type { WireEvent } from './wire-event.ts'

/** How a body is cut into events. */
export type Framing = 'server-sent-events' | 'json' | 'text'

/** Cuts the text of a body, arriving in any number of pieces, into events. */
export interface Framer {
  push(text: string): void
  /** The body ended: hands over what is still held, if it is whole. */
  end(): void
}

export interface FramerOptions {
  onEvent: (event: WireEvent) => void
  /** Asked right after an event: what it has in common with others that may follow it. */
  repetition?: ((event: WireEvent) => Repetition | undefined) | undefined
  /** The longest event, in UTF-16 code units of its text. */
  maxEventLength: number
}

/** @throws CompletionError if so much text is too much for one event */
export function checkLength(length: number, { maxEventLength }: FramerOptions, slack = 0): void {
  if (length > maxEventLength + slack) throw eventTooLong(maxEventLength)
}
