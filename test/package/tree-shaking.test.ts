import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { describe, expect, inject, test } from 'vitest'
import { withEsbuild, withVite } from './support/bundle.ts'
import { entries } from './support/entries.ts'

const dist = join(inject('published'), 'dist')
const src = fileURLToPath(new URL('../../src', import.meta.url))

const namesOf = async (entry: string) => {
  const url = pathToFileURL(join(dist, `${entry}.js`)).href
  return Object.keys((await import(/* @vite-ignore */ url)) as object).sort()
}
const cases = await Promise.all(
  entries.map(async (entry) => (await namesOf(entry)).map((name) => [name, entry] as const)),
)

// A value that shares a file with others is removed only if its creation is known to have no side effects.
test.each(cases.flat())(
  '%s of %s costs in the package what it costs in src',
  async (name, entry) => {
    const app = (ending: string) => `export { ${name} } from './${entry}.${ending}'`
    const published = await withEsbuild(app('js'), dist, true)
    const source = await withEsbuild(app('ts'), src, true)
    // A kilobyte of constants remains from the file that all entries share.
    expect(published.length - source.length).toBeLessThan(1200)
  },
)

describe.each([
  ['esbuild', withEsbuild],
  ['Vite', withVite],
])('bundled by %s', (_, bundle) => {
  test.each(['index', 'core'])(
    'recognising an error of %s takes very little code',
    async (entry) => {
      const code = await bundle(`export { isCompletionError } from './${entry}.js'`, dist, true)
      expect(code).toContain('CompletionError')
      expect(code.length).toBeLessThan(1700)
    },
  )

  test('core includes no dialect unless it is imported', async () => {
    const words = [
      'message_stop',
      'RUN_FINISHED',
      'groundingMetadata',
      'done_reason',
      'tool-output',
    ]
    const brought = async (names: string) => {
      const code = await bundle(`export { ${names} } from './core.js'`, dist, true)
      return words.filter((word) => code.includes(word))
    }
    expect(await brought('createCompletion, readCompletion')).toEqual([])
    expect(await brought('createCompletion, anthropicMessages')).toEqual(['message_stop'])
    expect(await brought('anthropicMessages, agUi, gemini, ollama, aiSdkUi')).toEqual(words)
  })
})
