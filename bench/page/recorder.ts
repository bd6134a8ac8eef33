import { goOnPath } from '../server/stream-address.ts'
import { commitsSoFar } from './count-commits.ts'
import type { BenchPage, PageRequest, Recording } from './protocol.ts'

/** How long a contestant may take to show all of its text after it reported the end, in milliseconds. */
const grace = 2000

export interface Recorder {
  /** A stream can be started now. */
  onReady(start: () => void): void
  /** Called when the displayed text of a stream has changed in the document. */
  onShown(stream: number, length: number, finished: boolean): void
  run(): Promise<Recording>
  progress(): number
  ready: Promise<void>
}

export function createRecorder({ urls, textLength, middleLength }: PageRequest): Recorder {
  const starts: (() => void)[] = []
  const lengths = urls.map(() => 0)
  const unfinished = new Set(urls.keys())
  const unshown = new Set(urls.keys())
  const frames: number[] = []
  const longTasks: number[] = []
  const { promise: ready, resolve: setReady } = deferred<undefined>()
  const { promise: over, resolve: end } = deferred<undefined>()

  let total = 0
  let startedAt = 0
  let finished: number | undefined
  let whole: number | undefined
  let shownWhenFinished = 0
  let running = false
  let commitsInOneFrame = 0
  let textsSeen = 0
  let isEdge = false

  function watchFrames() {
    let lastFrame = startedAt
    let lastTotal = 0
    let lastCommits = commitsSoFar()
    const onFrame = (now: number) => {
      if (now > lastFrame) frames.push(now - lastFrame)
      lastFrame = Math.max(now, lastFrame)
      if (total !== lastTotal) textsSeen++
      lastTotal = total
      if (!isEdge) commitsInOneFrame = Math.max(commitsInOneFrame, commitsSoFar() - lastCommits)
      isEdge = false
      lastCommits = commitsSoFar()
      if (running) requestAnimationFrame(onFrame)
    }
    requestAnimationFrame(onFrame)
  }

  return {
    ready: ready.then(() => undefined),
    onReady(start) {
      starts.push(start)
      if (starts.length === urls.length) setReady(undefined)
    },
    onShown(stream, length, isFinished) {
      if (lengths[stream] === 0 || isFinished) isEdge = true
      total += length - lengths[stream]!
      lengths[stream] = length
      if (!running) return
      if (length === middleLength) void twoFrames().then(() => fetch(goOnPath))
      const sinceStart = performance.now() - startedAt
      if (length >= textLength) unshown.delete(stream)
      if (isFinished && unfinished.delete(stream) && unfinished.size === 0) {
        finished = sinceStart
        shownWhenFinished = total / (textLength * urls.length)
        setTimeout(() => end(undefined), grace)
      }
      if (unshown.size === 0) {
        whole ??= sinceStart
        if (unfinished.size === 0) end(undefined)
      }
    },
    async run() {
      const observer = new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) longTasks.push(duration)
      })
      observer.observe({ type: 'longtask' })
      running = true
      startedAt = performance.now()
      const commitsBefore = commitsSoFar()
      watchFrames()
      for (const start of starts) start()
      await over
      const commits = commitsSoFar() - commitsBefore
      // The frame that shows the end, and the work after it.
      await twoFrames()
      running = false
      await idle()
      observer.disconnect()
      return {
        finished,
        whole,
        shownWhenFinished,
        frames,
        commits,
        commitsInOneFrame,
        textsSeen,
        longTasks,
      }
    },
    progress: () => total / (textLength * urls.length),
  }
}

/** Exposes the page to the runner. */
export function offer(page: BenchPage) {
  Object.assign(globalThis, { bench: page })
}

function twoFrames() {
  return new Promise((resolve) =>
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve))),
  )
}

const idle = () => new Promise((resolve) => setTimeout(resolve, 100))

function deferred<T>() {
  let resolve!: (value: T) => void
  const promise = new Promise<T>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}
