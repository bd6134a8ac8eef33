import type { GrowthPoint, Sample } from './sample.ts'

const largest = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), 0)

export const mainThread = ({ mainThread }: Sample) => mainThread
export const withoutLayout = ({ mainThread, layout }: Sample) => mainThread - layout
export const finished = ({ finished }: Sample) => finished
/** The share of its text that a contestant showed when it reported the end, in percent. */
export const shownWhenFinished = ({ shownWhenFinished }: Sample) => shownWhenFinished * 100
export const commits = ({ commits }: Sample) => commits
export const commitsInOneFrame = ({ commitsInOneFrame }: Sample) => commitsInOneFrame
export const textsSeen = ({ textsSeen }: Sample) => textsSeen
export const retained = ({ retained }: Sample) => retained

/** The longest task over 50 ms of wall-clock time; 0 if there was none. */
export const longestTask = ({ longTasks }: Sample) => largest(longTasks)

export const longestTracedTask = ({ tasks }: Sample) => tasks?.task
export const renderingOfLongest = ({ tasks }: Sample) => tasks?.rendering
export const longestBeside = ({ tasks }: Sample) => tasks?.beside

/**
 * Frames that took longer than two frames of a 60 Hz screen. 33.3 ms is one dropped frame, and timestamps are
 * rounded.
 */
export const slowFrames = ({ frames }: Sample) => frames.filter((frame) => frame > 33.4).length

/** The slowest response to a key; 16 represents everything faster. */
export const slowestKey = ({ keys }: Sample) => Math.max(16, largest(keys))

export const navigationAlone = ({ navigation }: Sample) => navigation?.alone
export const navigationDuring = ({ navigation }: Sample) => navigation?.during

/** Main-thread time per update shown, at the beginning and at the end of the text. */
export const perUpdateAtStart = ({ growth }: Sample) => costBetween(growth, 0, middle.from)
export const perUpdateAtEnd = ({ growth }: Sample) => costBetween(growth, middle.to, 1)

/** The mean over the whole text, because the cost of an update may grow with the text. */
export function perUpdate(sample: Sample) {
  const start = perUpdateAtStart(sample)
  const end = perUpdateAtEnd(sample)
  return start === undefined || end === undefined ? undefined : (start + end) / 2
}

/** Between these shares of the text (from 0 to 1), it arrives faster than a model writes. */
const middle = { from: 0.04, to: 0.96 }

function costBetween(growth: readonly GrowthPoint[], from: number, to: number) {
  // While the middle part is awaited and shown, the progress is that of its border.
  const within = growth.filter(({ progress }) => progress > from + 0.0001 && progress < to - 0.0001)
  const begin = within[0]
  const end = within.at(-1)
  if (!begin || !end || end.commits <= begin.commits) return undefined
  return (end.mainThread - begin.mainThread) / (end.commits - begin.commits)
}

/** Main-thread time per update shown, in the first and in the last tenth of the text. */
export const perUpdateInFirstTenth = ({ growth }: Sample) => costBetween(growth, 0, 0.1)
export const perUpdateInLastTenth = ({ growth }: Sample) => costBetween(growth, 0.9, 1)

/** The same without the browser's layout and style. */
export const ownInFirstTenth = ({ growth }: Sample) => costBetween(withoutLayoutOf(growth), 0, 0.1)
export const ownInLastTenth = ({ growth }: Sample) => costBetween(withoutLayoutOf(growth), 0.9, 1)

const withoutLayoutOf = (growth: readonly GrowthPoint[]) =>
  growth.map((point) => ({ ...point, mainThread: point.mainThread - point.layout }))
