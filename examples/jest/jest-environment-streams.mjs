/** jsdom, with the globals that a streaming fetch needs. */
import { TestEnvironment } from 'jest-environment-jsdom'

/** All of Node's versions: its fetch rejects an AbortSignal of jsdom. */
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
