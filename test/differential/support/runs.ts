import type { Parameters } from 'fast-check'

const { FAULT_RUN, FC_RUNS } = process.env

/** Seeded, so that a run finds what the last one found; `FC_RUNS` asks for more of them, and so does the soak. */
export function runs<T>(usual: number): Parameters<T> {
  return FAULT_RUN === 'soak'
    ? { numRuns: usual * 40 }
    : { seed: 20, numRuns: Number(FC_RUNS ?? usual) }
}
