import type { Parameters } from 'fast-check'

/** Seeded, so that a run finds what the last one found; `FC_RUNS` asks for more of them. */
export function runs<T>(usual: number): Parameters<T> {
  return { seed: 20, numRuns: Number(process.env['FC_RUNS'] ?? usual) }
}
