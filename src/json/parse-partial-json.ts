import type { DeepPartial } from './deep-partial.ts'
import { createPartialJsonReader } from './partial-json-reader.ts'

/** What can be read of a JSON text that may still be growing. `T` is taken on trust. */
export type PartialJson<T = unknown> =
  /** The text is what `JSON.parse` accepts. */
  | { readonly state: 'complete'; readonly value: T; readonly invalidAt: undefined }
  /** More must follow. The value is `undefined` until its type is known. */
  | {
      readonly state: 'partial'
      readonly value: DeepPartial<T> | undefined
      readonly invalidAt: undefined
    }
  /** Nothing that follows could make JSON of it. The value is what came before. */
  | {
      readonly state: 'invalid'
      readonly value: DeepPartial<T> | undefined
      /** The index of the first character that cannot stand where it is. */
      readonly invalidAt: number
    }

/**
 * Reads a JSON text that may still be growing, such as the `arguments` of a tool call. Never throws.
 * Numbers, `true`, `false` and `null` appear when they are whole, strings as far as they have come, a
 * key with its value. A number that is all of the text counts as whole.
 *
 * It reads all of the text: for one that grows with every render, take `createPartialJsonReader`.
 *
 * @example
 * parsePartialJson<Weather>('{"city":"Par') // { state: 'partial', value: { city: 'Par' } }
 */
export function parsePartialJson<T = unknown>(text: string): PartialJson<T> {
  const reader = createPartialJsonReader()
  reader.push(text)
  reader.end()
  const { value, state, invalidAt } = reader
  return { value, state, invalidAt } as PartialJson<T>
}
