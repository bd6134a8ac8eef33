/**
 * What events have in common that follow each other in a stream: each means nothing but that a text
 * goes on where the event before it left off.
 */
export interface Repetition {
  /** Where in an event's JSON that text stands. */
  readonly text: readonly (string | number)[]
  /** The fields of an event whose values mean nothing. */
  readonly ignored: readonly string[]
  /** How much more text may be appended, in UTF-16 code units. */
  readonly room: number
  /** Appends the text of so many events, none of which was empty. */
  append(text: string, events: number): void
}
