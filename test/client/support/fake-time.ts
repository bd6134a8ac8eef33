import { onTestFinished, vi } from 'vitest'
import { turns } from './turns.ts'

/** Stops the clock until the test ends. */
export function stopTheClock() {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
}

/** Lets so many milliseconds pass, and then everything happen that waits for nothing else. */
export async function pass(milliseconds: number) {
  await turns()
  await vi.advanceTimersByTimeAsync(milliseconds)
  await turns()
}
