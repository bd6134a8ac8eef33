import type { DeepPartial } from './deep-partial.ts'
import { createPartialJsonReader } from './partial-json-reader.ts'

/** The readable part of a JSON text that may still be growing. `T` is not checked. */
export type PartialJson<T = unknown> =
  /** `JSON.parse` accepts the text. */
  | { readonly state: 'complete'; readonly value: T; readonly invalidAt: undefined }
  /** More must follow. The value is `undefined` until its type is known. */
  | {
      readonly state: 'partial'
      readonly value: DeepPartial<T> | undefined
      readonly invalidAt: undefined
    }
  /** The text cannot become valid JSON. The value is the part before the error. */
  | {
      readonly state: 'invalid'
      readonly value: DeepPartial<T> | undefined
      /** The index of the first invalid character. */
      readonly invalidAt: number
    }

/**
 * Reads a JSON text that may still be growing, such as the `arguments` of a tool call. Never throws.
 * Numbers, `true`, `false` and `null` appear when they are whole, strings as far as received, and a key
 * together with its value. A number that is the whole text counts as whole.
 *
 * It reads the whole text: for a text that grows with every render, use `createPartialJsonReader`.
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
