import type { Parameters } from 'fast-check'

const { FAULT_RUN, FC_RUNS } = process.env

/** Seeded, so that runs are reproducible. `FC_RUNS` and the soak test increase the number of runs. */
export function runs<T>(usual: number): Parameters<T> {
  return FAULT_RUN === 'soak'
    ? { numRuns: usual * 40 }
    : { seed: 20, numRuns: Number(FC_RUNS ?? usual) }
}
