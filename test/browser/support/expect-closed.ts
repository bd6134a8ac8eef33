import { expect } from 'vitest'
import type { ClosedConnection } from '../../support/fault-steps.ts'
import type { Fault } from './fault.ts'

/** Performs an action that should close the page's connection, and allows one second for it. */
export async function expectClosedBy(fault: Fault, act: () => void): Promise<void> {
  let closed: ClosedConnection | undefined
  void fault.closed().then((connection) => (closed = connection))
  act()
  await expect.poll(() => closed, { timeout: 1000 }).toEqual({ by: 'client' })
}
