import { vi } from 'vitest'
import { stopTheClock } from './fake-time.ts'

/** Stops the clock, and makes each delay the maximum that the jitter allows. */
export function stopTheWaits() {
  stopTheClock()
  vi.spyOn(Math, 'random').mockReturnValue(1)
}
