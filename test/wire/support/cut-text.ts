import fc from 'fast-check'

export const cuts: fc.Arbitrary<number[]> = fc.array(fc.nat(), { maxLength: 8 })

/** Cuts a text at random places, some pieces empty. */
export function cut(text: string, places: readonly number[]): string[] {
  const ends = places.map((place) => place % (text.length + 1)).sort((a, b) => a - b)
  return [...ends, text.length].map((end, index) => text.slice(ends[index - 1] ?? 0, end))
}
