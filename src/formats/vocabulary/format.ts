import type { Framing } from '../../wire/framer.ts'
import type { WireEvent } from '../../wire/wire-event.ts'
import type { Emit } from './completion-event.ts'

/** Reads the events of one stream. Made anew for every stream, so it may keep state. */
export interface FormatReader {
  /** Says what an event means. An event that means nothing here emits nothing. */
  read(event: WireEvent, emit: Emit): void
  /** The body ended: emits `end`, and says whether what was read amounts to the proper end. */
  end(emit: Emit): void
}

/** How the events of a stream are to be understood, and what counts as its proper end. */
export interface CompletionFormat {
  readonly name: string
  /** How the body is cut into events. By default its content type and its beginning decide. */
  readonly framing?: Framing
  /** The end marker of the format, in words, for the message of a `truncated` error. */
  readonly properEnd: string
  /** @param framing how this body turned out to be framed */
  createReader(framing: Framing): FormatReader
}
