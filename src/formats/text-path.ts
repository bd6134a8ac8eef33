import { valueAt } from '../json/value-at.ts'
import type { WireEvent } from '../wire/wire-event.ts'
import type { CompletionEvent } from './vocabulary/completion-event.ts'
import type { FormatReader } from './vocabulary/format.ts'

/** The path to a text in the JSON of an event. */
export type TextPath = readonly (string | number)[]

/**
 * Finds the text of a delta in its event. Each further event that differs only in this text and in
 * {@link meaningless} fields means the same delta with its own text. Returns `undefined` if that is not
 * certain.
 */
export type FindTextPath = (
  event: WireEvent,
  delta: Extract<CompletionEvent, { type: 'delta' }>,
) => TextPath | undefined

/** Fields of an event that no reader uses. */
export const meaningless: readonly string[] = [
  'sequence_number',
  'obfuscation',
  'created',
  'created_at',
  'timestamp',
]

// Not a property of the reader: a wrapper that spreads the reader would inherit it, and it may not hold there.
const finders = /* @__PURE__ */ new WeakMap<FormatReader, FindTextPath>()

/** Lets further events of a reader be read by their text alone. */
export function withTextPath(reader: FormatReader, find: FindTextPath): FormatReader {
  finders.set(reader, find)
  return reader
}

export function textPathOf(
  reader: FormatReader,
  ...of: Parameters<FindTextPath>
): TextPath | undefined {
  return finders.get(reader)?.(...of)
}

/** Finds the first of these paths that leads to the delta, if that is text or reasoning. */
export function textAt(paths: readonly TextPath[]): FindTextPath {
  return ({ json }, { channel, delta }) =>
    channel === 'output_text' || channel === 'reasoning_text'
      ? paths.find((path) => valueAt(json, path) === delta)
      : undefined
}
