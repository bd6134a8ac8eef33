import type { WireEvent } from '../wire/wire-event.ts'
import type { CompletionEvent } from './vocabulary/completion-event.ts'
import type { FormatReader } from './vocabulary/format.ts'

/** Where in the JSON of an event a text stands. */
export type TextPath = readonly (string | number)[]

/**
 * Says where in an event the text stands of the delta that the event meant, and nothing else: each further
 * event that equals it but for that text and for {@link meaningless} fields means that text, in the same
 * place. `undefined` where that is not certain.
 */
export type FindTextPath = (
  event: WireEvent,
  delta: Extract<CompletionEvent, { type: 'delta' }>,
) => TextPath | undefined

/** Fields of an event that no reader here looks at. */
export const meaningless: readonly string[] = [
  'sequence_number',
  'obfuscation',
  'created',
  'created_at',
  'timestamp',
]

// Not a member of the reader: whoever wraps one and spreads it would inherit a promise that may not hold.
const finders = /* @__PURE__ */ new WeakMap<FormatReader, FindTextPath>()

/** Lets the events of a reader be read by their text alone, where they mean no more. */
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

function valueAt(json: unknown, path: TextPath): unknown {
  return path.reduce(
    (value, key) => (value as Record<string | number, unknown> | null | undefined)?.[key],
    json,
  )
}
