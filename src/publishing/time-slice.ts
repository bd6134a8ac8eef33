/** How long the page's completions may work on end before input and painting get their turn, in ms. */
const sliceLength = 8

/** How much of its time a burst is read for each part of it in which others, React first, have theirs. */
const readingShare = 2

// Shared: the page has one main thread.
let workedFrom = 0
let worked = 0
let debt = 0
let turn: Promise<void> | undefined

/** Something has arrived: what is done from now on counts as work. */
export function beginWork(now: number): void {
  workedFrom = now
}

/**
 * Called between pieces of work. Answers `undefined` while there is time left, else a promise of the
 * next turn of the main thread.
 */
export function pauseIfDue(): Promise<void> | undefined {
  const now = performance.now()
  worked += now - workedFrom
  workedFrom = now
  if (worked < sliceLength && !turn) return undefined
  return (turn ??= nextTask().then(() => {
    turn = undefined
    workedFrom = performance.now()
    debt = Math.max(0, debt + (workedFrom - now) * readingShare - worked)
    worked = 0
  }))
}

/**
 * Whether a burst is being read and what was shown of it, or other work of the page, has taken more
 * than its share of the time since. Another publishing would only make all of it come later.
 */
export function isBehind(): boolean {
  return turn !== undefined && debt > 0
}

/**
 * Resolves in a task of its own, and unlike a timer without the clamping of hidden tabs. Not by
 * `scheduler.yield`: what it resumes goes before the tasks in which React renders, and no text would
 * be shown until the burst is over. A message waits its turn behind React's. React Native has neither,
 * and a timer is as good there.
 */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof MessageChannel === 'undefined') {
      setTimeout(resolve)
      return
    }
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
}
