import type { Timeouts } from '../../../src/core.ts'
import { observe } from './observe.ts'
import { turns } from './turns.ts'

/** A run whose request is on its way. */
export async function running(timeouts: Timeouts | undefined) {
  const observed = observe({ timeouts })
  const settled = observed.client.start('a')
  await turns()
  const request = observed.requests[0]!
  const status = () => observed.client.getState().status
  return { ...observed, settled, request, status }
}

/** A run whose response has begun. */
export async function streaming(timeouts: Timeouts) {
  const run = await running(timeouts)
  run.request.respond()
  await turns()
  return run
}
