import type { Framing } from '../../wire/framer.ts'
import type { WireEvent } from '../../wire/wire-event.ts'
import type { Emit } from './completion-event.ts'

/** Reads the events of one stream. Each stream has its own reader, so a reader may keep state. */
export interface FormatReader {
  /** Emits the meaning of an event. Emits nothing for an event without any meaning. */
  read(event: WireEvent, emit: Emit): void
  /** Called when the body ends. Emits whether the stream had its proper end. */
  end(emit: Emit): void
}

/** Defines the meaning of the events of a stream, and its proper end. */
export interface CompletionFormat {
  readonly name: string
  /** How the body is split into events. By default, this is detected from its content type and its start. */
  readonly framing?: Framing
  /** The end marker of the format, in words, for the message of a `truncated` error. */
  readonly properEnd: string
  /** @param framing the framing of this body */
  createReader(framing: Framing): FormatReader
}
