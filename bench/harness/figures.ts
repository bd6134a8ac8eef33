import type { GrowthPoint, Sample } from './sample.ts'

const largest = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), 0)

export const mainThread = ({ mainThread }: Sample) => mainThread
export const withoutLayout = ({ mainThread, layout }: Sample) => mainThread - layout
export const finished = ({ finished }: Sample) => finished
/** What a contestant showed of its text, in percent, when it said that it had finished. */
export const shownWhenFinished = ({ shownWhenFinished }: Sample) => shownWhenFinished * 100
export const commits = ({ commits }: Sample) => commits
export const commitsInOneFrame = ({ commitsInOneFrame }: Sample) => commitsInOneFrame
export const textsSeen = ({ textsSeen }: Sample) => textsSeen
export const retained = ({ retained }: Sample) => retained

/** The longest task of those over 50 ms on the wall; 0 if there was none. */
export const longestTask = ({ longTasks }: Sample) => largest(longTasks)

export const longestTracedTask = ({ tasks }: Sample) => tasks?.task
export const renderingOfLongest = ({ tasks }: Sample) => tasks?.rendering
export const longestBeside = ({ tasks }: Sample) => tasks?.beside

/**
 * Frames that took longer than two of a 60 Hz screen: 33.3 ms is one frame left out, and its
 * timestamps are rounded.
 */
export const slowFrames = ({ frames }: Sample) => frames.filter((frame) => frame > 33.4).length

/** The slowest answer to a key; 16 stands for all that is faster. */
export const slowestKey = ({ keys }: Sample) => Math.max(16, largest(keys))

export const navigationAlone = ({ navigation }: Sample) => navigation?.alone
export const navigationDuring = ({ navigation }: Sample) => navigation?.during

/** Main-thread time for each update shown, where the text begins and where it ends. */
export const perUpdateAtStart = ({ growth }: Sample) => costBetween(growth, 0, middle.from)
export const perUpdateAtEnd = ({ growth }: Sample) => costBetween(growth, middle.to, 1)

/** The mean over the whole text: what an update costs grows with the text, or not at all. */
export function perUpdate(sample: Sample) {
  const start = perUpdateAtStart(sample)
  const end = perUpdateAtEnd(sample)
  return start === undefined || end === undefined ? undefined : (start + end) / 2
}

/** Between these parts of the text, of 1, it comes faster than a model writes. */
const middle = { from: 0.04, to: 0.96 }

function costBetween(growth: readonly GrowthPoint[], from: number, to: number) {
  // While what came at once is shown, and while it is waited for, the progress is that of the border.
  const within = growth.filter(({ progress }) => progress > from + 0.0001 && progress < to - 0.0001)
  const begin = within[0]
  const end = within.at(-1)
  if (!begin || !end || end.commits <= begin.commits) return undefined
  return (end.mainThread - begin.mainThread) / (end.commits - begin.commits)
}

/** Main-thread time for each update shown, in the first and in the last tenth of the text. */
export const perUpdateInFirstTenth = ({ growth }: Sample) => costBetween(growth, 0, 0.1)
export const perUpdateInLastTenth = ({ growth }: Sample) => costBetween(growth, 0.9, 1)

/** The same without layout and style, which are the browser's. */
export const ownInFirstTenth = ({ growth }: Sample) => costBetween(withoutLayoutOf(growth), 0, 0.1)
export const ownInLastTenth = ({ growth }: Sample) => costBetween(withoutLayoutOf(growth), 0.9, 1)

const withoutLayoutOf = (growth: readonly GrowthPoint[]) =>
  growth.map((point) => ({ ...point, mainThread: point.mainThread - point.layout }))
