import type { Answer } from '../server/answer.ts'
import type { WireFormat } from '../server/wire-format.ts'

/** The runner's request to a page, as JSON in the hash of its URL. */
export interface PageRequest {
  /** The streams to open, one hook each. */
  urls: readonly string[]
  format: WireFormat
  /** The answer of each of them, and its length. */
  answer: Answer
  textLength: number
  /** How much of the answer must be shown before the server continues. */
  middleLength: number | undefined
}

/** The recording of a page from the start of its streams until all of them are shown completely. */
export interface Recording {
  /** Milliseconds until every contestant reported the end. */
  finished: number | undefined
  /** Milliseconds until the last text was completely on the page. */
  whole: number | undefined
  /** The share of the text that was shown when the contestants reported the end, from 0 to 1. */
  shownWhenFinished: number
  /** Milliseconds between consecutive frames. */
  frames: readonly number[]
  commits: number
  /** The maximum number of React commits between two frames, except frames in which a stream began or ended. */
  commitsInOneFrame: number
  /** How many different texts were on the page when a frame began. */
  textsSeen: number
  /** Durations of tasks over 50 ms, in milliseconds. */
  longTasks: readonly number[]
}

/** The interface of a page for the runner, as `window.bench`. */
export interface BenchPage {
  /** Resolves once the streams can be started. */
  ready: Promise<void>
  /** Starts the streams, and resolves when they have been shown completely or have failed. */
  run(): Promise<Recording>
  /** The share of the text that is shown, from 0 to 1. */
  progress(): number
  commits(): number
  /** `undefined` if the page shows the correct text, otherwise a description of the difference. */
  check(): Promise<string | undefined>
  /** The slowest response to each key, in milliseconds from the key to the next paint. */
  keyLatencies(): readonly number[]
  /** Goes to the other page in a transition; resolves with its duration in milliseconds. */
  navigate(): Promise<number>
}
