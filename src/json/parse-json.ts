/** `JSON.parse` that answers `undefined`, which no JSON text means, instead of throwing. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
