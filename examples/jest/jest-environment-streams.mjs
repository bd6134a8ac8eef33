/** jsdom, with what it lacks for a fetch that streams. */
import { TestEnvironment } from 'jest-environment-jsdom'

/** Node's own, all of them: its fetch refuses an AbortSignal of jsdom's. */
const names = [
  'fetch',
  'Headers',
  'Request',
  'Response',
  'AbortController',
  'AbortSignal',
  'ReadableStream',
  'TransformStream',
  'TextDecoder',
  'TextEncoder',
]

export default class extends TestEnvironment {
  async setup() {
    await super.setup()
    for (const name of names) this.global[name] = globalThis[name]
  }
}
