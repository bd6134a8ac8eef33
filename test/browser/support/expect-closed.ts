import { expect } from 'vitest'
import type { Fault } from './fault.ts'

/** Does what should make the page close the connection, and holds it to the one second it has. */
export async function expectClosedBy(fault: Fault, act: () => void): Promise<void> {
  const closed = fault.closed()
  const startedAt = performance.now()
  act()
  expect(await closed).toEqual({ by: 'client' })
  expect(performance.now() - startedAt).toBeLessThan(1000)
}
