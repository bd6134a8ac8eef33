import fc from 'fast-check'

/** A sequence of events that keep their order. */
export type Strand<T> = readonly T[]

/**
 * Merges strands randomly into one list. Each strand keeps its order. With `inOrder`, a strand begins only
 * after all earlier ones have begun.
 */
export function interleave<T>(
  strands: readonly Strand<T>[],
  { inOrder = false }: { inOrder?: boolean } = {},
): fc.Arbitrary<T[]> {
  const total = strands.reduce((sum, { length }) => sum + length, 0)
  return fc
    .array(fc.nat(), { minLength: total, maxLength: total, size: 'max' })
    .map((draws) => merge(strands, draws, inOrder))
}

function merge<T>(strands: readonly Strand<T>[], draws: readonly number[], inOrder: boolean): T[] {
  const next = strands.map(() => 0)
  const merged: T[] = []
  for (const draw of draws) {
    const candidates: number[] = []
    for (const [at, strand] of strands.entries()) {
      if (next[at]! < strand.length) candidates.push(at)
      if (inOrder && next[at] === 0 && strand.length > 0) break
    }
    const at = candidates[draw % candidates.length]!
    merged.push(strands[at]![next[at]!]!)
    next[at]!++
  }
  return merged
}

export const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 6 })

/** A text in pieces, as in deltas. */
export const pieces = fc.array(word, { minLength: 1, maxLength: 4 })
