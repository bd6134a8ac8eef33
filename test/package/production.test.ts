import { join } from 'node:path'
import { expect, inject, test } from 'vitest'
import { withEsbuild, withVite } from './support/bundle.ts'

const dist = join(inject('published'), 'dist')

/** Something of every piece of the advice. */
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
  'the advice of development is in no production bundle of %s, and in every one of development',
  async (_, bundle) => {
    const production = await bundle(app, dist, true)
    expect(production).toContain('text/event-stream')
    expect(words.filter((word) => production.includes(word))).toEqual([])
    const development = await bundle(app, dist, false)
    expect(words.filter((word) => !development.includes(word))).toEqual([])
  },
)
