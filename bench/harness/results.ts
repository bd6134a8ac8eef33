import { entryId, type Entry, type Workload } from '../workloads/workload.ts'
import type { Sample } from './sample.ts'
import { spread, type Spread } from './statistics.ts'

/** All runs of one contestant in one workload. */
export interface EntryResult {
  entry: Entry
  samples: readonly Sample[]
  /** Why it is disqualified, if one of its runs failed. */
  failure: string | undefined
  /** The spread of a figure over its runs; `undefined` if there is none, or it is disqualified. */
  figure(of: Figure): Spread | undefined
  /** The same, including runs that did not finish. */
  partial(of: Figure): Spread | undefined
}

export interface WorkloadResult {
  workload: Workload
  entries: readonly EntryResult[]
  /** How long the text of each stream is, in UTF-16 code units. */
  textLength: number
}

/** A number taken from one run. */
export type Figure = (sample: Sample) => number | undefined

export function entryResult(entry: Entry, samples: readonly Sample[]): EntryResult {
  const failure = samples.find((sample) => sample.failure !== undefined)?.failure
  function over(of: Figure) {
    const known = samples.map(of).filter((value) => value !== undefined)
    return known.length === 0 ? undefined : spread(known)
  }

  return {
    entry,
    samples,
    failure,
    figure: (of) => (failure === undefined ? over(of) : undefined),
    partial: over,
  }
}

/** Finds a contestant's result, for the targets. */
export function lookUp(results: readonly WorkloadResult[], name: string, entry: Entry) {
  const found = results.find(({ workload }) => workload.name === name)
  return found?.entries.find((result) => entryId(result.entry) === entryId(entry))
}
