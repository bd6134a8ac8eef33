/** The value at a path of names and positions, or `undefined` if there is none. */
export function valueAt(json: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce(
    (value, key) => (value as Record<string | number, unknown> | null | undefined)?.[key],
    json,
  )
}
