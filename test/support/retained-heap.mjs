import { setFlagsFromString } from 'node:v8'

// Compiled code is in the heap as well, and comes and goes when the engine thinks fit.
setFlagsFromString('--no-opt')
setFlagsFromString('--no-sparkplug')
setFlagsFromString('--no-flush-bytecode')

const repeats = 3

/**
 * What `make` leaves in the heap, in bytes, until `release` lets go of it: the least of some repeats,
 * as what the engine itself keeps for a while comes on top of it. Takes `--expose-gc`.
 */
export async function retainedHeap(make, release) {
  // All that is loaded, and cached by the engine, is there before the heap is measured.
  await make()
  let least = Infinity
  for (let repeat = 0; repeat < repeats; repeat++) {
    release()
    const before = await settledHeap()
    await make()
    least = Math.min(least, (await settledHeap()) - before)
  }
  return least
}

async function settledHeap() {
  // What a settled run lets go of is let go in turns of its own, and what held on to it after that.
  for (let turn = 0; turn < 12; turn++) {
    await new Promise((resolve) => setTimeout(resolve))
    globalThis.gc()
  }
  return process.memoryUsage().heapUsed
}
