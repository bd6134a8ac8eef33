/**
 * Frees the pieces from which the strings of an item were built. Engines keep a string that grew by
 * appending as a tree of its pieces, more than ten times its size, until a character is read.
 *
 * @param depth how far to look: by default an item, its list of parts, a part, its text
 */
export function releaseStringPieces(value: unknown, depth = 3): void {
  if (typeof value === 'string') value.charCodeAt(0)
  else if (depth > 0 && value)
    for (const inner of Object.values(value)) releaseStringPieces(inner, depth - 1)
}
