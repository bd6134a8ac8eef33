/** Numbers that are the same for the same seed, on every machine. */
export interface Random {
  /** From 0 (inclusive) to 1 (exclusive). */
  fraction(): number
  /** A whole number, both ends included. */
  int(from: number, to: number): number
  chance(probability: number): boolean
  pick<const T>(values: readonly T[]): T
  /** One of the values, the more often the greater its weight. */
  weighted<const T extends string>(weights: Readonly<Record<T, number>>): T
}

/** Each index of a seed has its own sequence, so that a script can be created without the others. */
export function createRandom(seed: number, index: number): Random {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index + 1, 0xc2b2ae35)

  // The generator "splitmix32": a counter, well mixed.
  function fraction() {
    state = (state + 0x9e3779b9) | 0
    let mixed = state ^ (state >>> 16)
    mixed = Math.imul(mixed, 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32
  }

  const int = (from: number, to: number) => from + Math.floor(fraction() * (to - from + 1))
  return {
    fraction,
    int,
    chance: (probability) => fraction() < probability,
    pick: (values) => values[int(0, values.length - 1)]!,
    weighted<const T extends string>(weights: Readonly<Record<T, number>>) {
      const entries = Object.entries(weights) as [T, number][]
      let left = fraction() * entries.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [value, weight] of entries) if ((left -= weight) < 0) return value
      return entries.at(-1)![0]
    },
  }
}
