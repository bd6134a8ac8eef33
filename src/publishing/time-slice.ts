/** How long the page's completions may work before yielding to input and painting, in milliseconds. */
const sliceLength = 8

/** The minimum ratio of reading time to rendering time during a burst. */
const readingShare = 2

// Shared, because the page has one main thread.
let workedFrom = 0
let worked = 0
let debt = 0
/** How many more turns count as rendering: that of the last publish, and the next one. */
let renderingTurns = 0
let turn: Promise<void> | undefined

/** Marks the arrival of data. Time from now on counts as work. */
export function beginWork(now: number): void {
  workedFrom = now
}

/**
 * Called between pieces of work. Returns `undefined` while there is time left, otherwise a promise for
 * the next turn of the main thread.
 */
export function pauseIfDue(): Promise<void> | undefined {
  const now = performance.now()
  worked += now - workedFrom
  workedFrom = now
  if (worked < sliceLength && !turn) return undefined
  return (turn ??= nextTask().then(() => {
    turn = undefined
    workedFrom = performance.now()
    const rendered = renderingTurns-- > 0 ? workedFrom - now : 0
    debt = Math.max(0, debt + rendered * readingShare - worked)
    worked = 0
  }))
}

/**
 * Whether to skip a publish: a burst is being read, and rendering has taken more than its share of the time.
 * Another publish would only delay the rest.
 */
export function isBehind(): boolean {
  if (turn !== undefined && debt > 0) return true
  renderingTurns = 2
  return false
}

/**
 * Resolves in a new task. Unlike timers, it is not throttled in hidden tabs. `scheduler.yield` does not
 * work here: its continuations run before the tasks in which React renders, so no text would appear
 * until the end of the burst. A message is queued behind React's tasks. React Native has neither, and
 * uses a timer.
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
