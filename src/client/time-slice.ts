/** How long the page's completions may work on end before input and painting get their turn, in ms. */
const sliceLength = 8

/** When the current slice ends; 0 while no slice is open. Shared: the page has one main thread. */
let sliceEnd = 0

let nextTurn: Promise<void> | undefined

/**
 * Called between pieces of work. Answers `undefined` while there is time left, else a promise of the
 * next turn of the main thread.
 */
export function pauseIfDue(): Promise<void> | undefined {
  if (sliceEnd === 0) {
    beginSlice()
    return undefined
  }
  // Whoever waits for the turn works on in it: its slice begins then, not after the next piece.
  return performance.now() < sliceEnd ? undefined : turn().then(beginSlice)
}

function beginSlice() {
  if (sliceEnd !== 0) return
  sliceEnd = performance.now() + sliceLength
  // Ends the slice with the task that it began in: work that comes in one small task after the
  // other has nothing to yield.
  void turn()
}

function turn(): Promise<void> {
  nextTurn ??= yieldToMain().then(() => {
    nextTurn = undefined
    sliceEnd = 0
  })
  return nextTurn
}

/** Resolves in a task of its own, soon, and unlike a timer without the clamping of hidden tabs. */
function yieldToMain(): Promise<void> {
  const { scheduler } = globalThis as { scheduler?: { yield?: () => Promise<void> } }
  if (scheduler?.yield) return scheduler.yield()
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
}
