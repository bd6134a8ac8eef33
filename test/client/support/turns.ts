// Taken before any test fakes the timers.
const { setImmediate } = globalThis

/**
 * Lets all pending tasks run: promises, streams, message channels. Faked timers and frames do not advance.
 */
export async function turns(count = 10): Promise<void> {
  for (let turn = 0; turn < count; turn++) {
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
}
