// Taken before any test fakes the timers.
const { setImmediate } = globalThis

/**
 * Lets everything happen that waits for nothing but its turn: promises, streams, message channels.
 * Faked timers and frames stay where they are.
 */
export async function turns(count = 10): Promise<void> {
  for (let turn = 0; turn < count; turn++) {
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
}
