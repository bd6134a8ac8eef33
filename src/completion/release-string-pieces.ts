/**
 * Lets go of the pieces of which the strings of an item were built: a string that grew by appending is
 * kept as a tree of them, more than ten times its size, until somebody reads from it.
 *
 * @param depth how far to look: by default an item, its list of parts, a part, its text
 */
export function releaseStringPieces(value: unknown, depth = 3): void {
  if (typeof value === 'string') value.charCodeAt(0)
  else if (depth > 0 && value)
    for (const inner of Object.values(value)) releaseStringPieces(inner, depth - 1)
}
