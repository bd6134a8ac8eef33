/**
 * The common form of consecutive events that each only continue the text of the previous one.
 */
export interface Repetition {
  /** Where in an event's JSON the text is. */
  readonly text: readonly (string | number)[]
  /** The fields of an event whose values do not matter. */
  readonly ignored: readonly string[]
  /** How much more text may be appended, in UTF-16 code units. */
  readonly room: number
  /** Appends the text of a number of events, none of them empty. */
  append(text: string, events: number): void
}
