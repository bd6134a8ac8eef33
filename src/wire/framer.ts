import { eventTooLong } from '../errors/limit.ts'
import type { FrameReader } from './frame-reader.ts'
import type { WireEvent } from './wire-event.ts'

/** How a body is split into events. */
export type Framing = 'server-sent-events' | 'json' | 'text'

/** Splits the text of a body, which arrives in any number of pieces, into events. */
export interface Framer {
  push(text: string): void
  /** Called when the body has ended. Emits the held event, if it is complete. */
  end(): void
}

export interface FramerOptions {
  /** The longest event, in UTF-16 code units of its text. */
  maxEventLength: number
  onEvent: (event: WireEvent) => void
  /** Reads the events that only continue a text. Without it, every event is parsed in full. */
  frames?: FrameReader | undefined
}

export interface BodyOptions extends FramerOptions {
  /** The response's content type, as in the header. */
  contentType: string | null | undefined
  /** Forces a framing; by default, it is detected from the content type and the body. */
  framing: Framing | undefined
  /** Called before the first event with the detected framing. */
  onFraming: (framing: Framing) => void
}

/** Detects the framing of a body, and splits it into events. */
export type CreateFramer = (options: BodyOptions) => Framer

/** @throws CompletionError if the text is too long for one event */
export function checkLength(length: number, { maxEventLength }: FramerOptions, slack = 0): void {
  if (length > maxEventLength + slack) throw eventTooLong(maxEventLength)
}
