import { join } from 'node:path'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import type { readCompletion } from '../../src/core.ts'
import { withEsbuild, withVite } from './support/bundle.ts'

const dist = join(inject('published'), 'dist')

/** A fragment of every development message. */
const words = [
  'use-streaming-completion: ',
  'arrived at once',
  'has no content type',
  "a provider's secret key",
  'renderWithHooks',
  'hidden by <Activity>',
  'no content and no finish reason',
  'A gateway reads',
  'console.',
  "an app's fallback page",
  'which API the proxy calls',
]
const app = `
  import { useStreamingCompletion } from './index.js'
  import { readCompletion } from './core.js'
  globalThis.app = { useStreamingCompletion, readCompletion }
`

test.each([
  ['esbuild', withEsbuild],
  ['Vite', withVite],
])(
  'development warnings are in no production bundle of %s, and in every development bundle',
  async (_, bundle) => {
    const production = await bundle(app, dist, true)
    expect(production).toContain('text/event-stream')
    expect(words.filter((word) => production.includes(word))).toEqual([])
    const development = await bundle(app, dist, false)
    expect(words.filter((word) => !development.includes(word))).toEqual([])
  },
)

describe('the error of a production bundle names the fault and the fix', () => {
  let read: typeof readCompletion
  beforeAll(async () => {
    const code = await withEsbuild(`export { readCompletion } from './core.js'`, dist, true)
    const url = `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`
    const built = (await import(/* @vite-ignore */ url)) as { readCompletion: typeof read }
    read = built.readCompletion
  })

  test.each([
    ['a page', '<!doctype html><p>Sign in</p>', 'text/html', /HTML page.+ Check the URL\.$/],
    ['bytes', '\u0001\u0000', 'text/plain', /binary data.+ Let the proxy decode it\.$/],
    ['a dialect', 'data: {"type":"RUN_STARTED"}\n\n', 'text/event-stream', /'agUi'.+: agUi\.$/],
    ['no format', 'data: {"words":"Hi"}\n\n', 'text/event-stream', /first event.+defineFormat\.$/],
  ])('%s', async (_, body, type, message) => {
    const response = new Response(body, { headers: { 'content-type': type } })
    const { status, error } = await read(response).result
    expect([status, error?.kind]).toEqual(['error', 'protocol'])
    expect(error?.message).toMatch(message)
  })
})
