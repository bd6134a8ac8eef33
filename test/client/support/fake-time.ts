import { onTestFinished, vi } from 'vitest'
import { turns } from './turns.ts'

/** Stops the clock until the test ends. */
export function stopTheClock() {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
}

/** Advances the clock by some milliseconds, and then lets all pending microtasks run. */
export async function pass(milliseconds: number) {
  await turns()
  await vi.advanceTimersByTimeAsync(milliseconds)
  await turns()
}
