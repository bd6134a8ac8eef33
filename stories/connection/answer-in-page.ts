import { whoAnswers } from './answering.ts'
import { connectionArgs } from './connection-args.ts'
import { simulatedFetch } from './simulated-fetch.ts'

let isInstalled = false

/** Lets a page that is served without a proxy answer its own requests to `/api/…`. */
export function answerInPage(): void {
  if (isInstalled || whoAnswers() !== 'page') return
  isInstalled = true
  const real = globalThis.fetch
  const simulated = simulatedFetch(connectionArgs)
  globalThis.fetch = (input, init) => {
    const url = input instanceof Request ? input.url : input
    const { pathname } = new URL(url, location.href)
    return pathname.startsWith('/api/') ? simulated(url, init ?? {}) : real(input, init)
  }
}
