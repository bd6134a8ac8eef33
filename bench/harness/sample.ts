import type { Recording } from '../page/protocol.ts'
import type { LongestTasks } from './trace.ts'

/** One run of one contestant. Durations are in milliseconds. */
export interface Sample extends Recording {
  /** What went wrong, if it did. */
  failure: string | undefined
  /** CPU time of the main thread. */
  mainThread: number
  /** The part of it that went into layout and style. */
  layout: number
  /** From each key to the next paint; values under 16 ms are not reported. */
  keys: readonly number[]
  /** The transition without a stream, and under one. */
  navigation: { alone: number; during: number } | undefined
  /** Additional bytes that the page retains, by heap snapshots. */
  retained: number | undefined
  /** In a traced run: its longest tasks, by type of work. */
  tasks: LongestTasks | undefined
  /** How the main-thread time and the commits grew with the text. */
  growth: readonly GrowthPoint[]
}

export interface GrowthPoint {
  /** The share of the text that is shown, from 0 to 1. */
  progress: number
  mainThread: number
  /** The part of it that went into layout and style. */
  layout: number
  commits: number
}
