import type { Answer } from '../server/answer.ts'
import type { WireFormat } from '../server/wire-format.ts'

/** What the runner tells a page, as JSON in the hash of its address. */
export interface PageRequest {
  /** The streams to open, one hook each. */
  urls: readonly string[]
  format: WireFormat
  /** The answer that each of them spells out, and how long it is. */
  answer: Answer
  textLength: number
  /** How much of the answer must be shown before the server goes on with it. */
  middleLength: number | undefined
}

/** What a page saw from the start of its streams until the last of them was shown whole. */
export interface Recording {
  /** Milliseconds until every contestant said that it had finished. */
  finished: number | undefined
  /** Milliseconds until the last text was whole on the page. */
  whole: number | undefined
  /** How much of the text was shown when the contestants said that they had finished, of 1. */
  shownWhenFinished: number
  /** Milliseconds between consecutive frames. */
  frames: readonly number[]
  commits: number
  /** The most React commits between two frames, those left out in which a stream began or ended. */
  commitsInOneFrame: number
  /** How many different texts were on the page when a frame began. */
  textsSeen: number
  /** Durations of tasks over 50 ms, in milliseconds. */
  longTasks: readonly number[]
}

/** What a page offers the runner, as `window.bench`. */
export interface BenchPage {
  /** Resolves once the streams can be started. */
  ready: Promise<void>
  /** Starts the streams, and resolves when they have been shown whole or have given up. */
  run(): Promise<Recording>
  /** The part of the text that is shown, of 1. */
  progress(): number
  commits(): number
  /** Undefined if the page shows what it should, else what it shows instead. */
  check(): Promise<string | undefined>
  /** The slowest of the answers to each key, in milliseconds from the key to the next paint. */
  keyLatencies(): readonly number[]
  /** Goes to the other page in a transition; resolves with its duration in milliseconds. */
  navigate(): Promise<number>
}
