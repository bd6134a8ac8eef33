import { eventTooLong } from '../errors/limit.ts'
import type { FrameReader } from './frame-reader.ts'
import type { WireEvent } from './wire-event.ts'

/** How a body is cut into events. */
export type Framing = 'server-sent-events' | 'json' | 'text'

/** Cuts the text of a body, arriving in any number of pieces, into events. */
export interface Framer {
  push(text: string): void
  /** The body has ended. Emits what is still held, if it is complete. */
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
  /** The response's content type, as the header has it. */
  contentType: string | null | undefined
  /** Forces a framing; by default content type and body decide. */
  framing: Framing | undefined
  /** Called before the first event with the framing that was found. */
  onFraming: (framing: Framing) => void
}

/** Decides how a body is framed, and cuts it into events. */
export type CreateFramer = (options: BodyOptions) => Framer

/** @throws CompletionError if the text is too long for one event */
export function checkLength(length: number, { maxEventLength }: FramerOptions, slack = 0): void {
  if (length > maxEventLength + slack) throw eventTooLong(maxEventLength)
}
