import { onTestFinished, vi, type MockInstance } from 'vitest'
import type * as Core from '../../../src/core.ts'
import { createControlledFetch, type ControlledRequest } from '../../../src/testing.ts'
import type { ReadOptions, SettledState } from '../../../src/types.ts'

export interface FirstPage {
  core: typeof Core
  /** The development warnings, in order. */
  advice: () => string[]
  /** Answers a run with one response whose chunks the test sends. */
  answer: (init?: ResponseInit, options?: ReadOptions) => Promise<Answering>
}

interface Answering {
  settled: Promise<SettledState>
  request: ControlledRequest
}

/** A page that has just loaded, without any development warnings yet. */
export async function firstPage(): Promise<FirstPage> {
  vi.resetModules()
  const core = await import('../../../src/core.ts')
  const warn: MockInstance<typeof console.warn> = vi
    .spyOn(console, 'warn')
    .mockImplementation(() => undefined)
  onTestFinished(() => warn.mockRestore())
  return {
    core,
    advice: () => warn.mock.calls.map(([first]) => String(first)),
    async answer(init, options) {
      const { fetch, nextRequest } = createControlledFetch()
      const client = core.createCompletion({ ...options, url: '/api', fetch, publish: 'sync' })
      const settled = client.start('go')
      const request = await nextRequest()
      request.respond(init)
      return { settled, request }
    },
  }
}
