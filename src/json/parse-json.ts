/** Like `JSON.parse`, but returns `undefined`, which is not a JSON value, instead of throwing. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
