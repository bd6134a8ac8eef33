import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { expect, inject, test } from 'vitest'
import { reachableFrom } from './support/modules.ts'

const dist = join(inject('published'), 'dist')
const entryUrl = (entry: string) => JSON.stringify(pathToFileURL(join(dist, `${entry}.js`)).href)

test("only the entries of the hooks have the 'use client' directive", () => {
  const isForClient = (file: string) =>
    /^["']use client["'];?\n/.test(readFileSync(join(dist, file), 'utf8'))
  const files = readdirSync(dist).filter((file) => file.endsWith('.js'))
  const hooks = ['conversation.js', 'index.js', 'lean.js']
  expect(files.filter(isForClient).sort()).toEqual(hooks)
  for (const file of files.filter((each) => !hooks.includes(each))) {
    expect(readFileSync(join(dist, file), 'utf8')).not.toMatch(/["']use client["']/)
  }
})

// Shared modules are in no entry: a server loads its own copy, and the client's module graph has another.
test('the other entries, and the modules that they share with the hooks, do not import React', () => {
  expect(reachableFrom(join(dist, 'core.js'), '.js').packages).toEqual([])
  expect(reachableFrom(join(dist, 'testing.js'), '.js').packages).toEqual([])
  expect(reachableFrom(join(dist, 'index.js'), '.js').packages).toEqual(['react'])
})

/** Runs a module like a server component: with the React build without state and effects. */
async function runOnServer(code: string): Promise<unknown> {
  const args = ['--conditions=react-server', '--input-type=module', '--eval', code]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  return JSON.parse(stdout)
}

test('a server component reads a completion through core', async () => {
  const result = await runOnServer(`
    import { isCompletionError, readCompletion } from ${entryUrl('core')}
    import { completionStream, scriptedResponse } from ${entryUrl('testing')}
    const read = (script) => readCompletion(scriptedResponse(script)).result
    const whole = await read(completionStream({ text: 'Hi there' }))
    const cut = await read(completionStream({ text: 'Hi there' }, { stopAfter: 4 }))
    const { error } = cut
    console.log(JSON.stringify([whole.status, whole.text, cut.status, isCompletionError(error), error.kind]))
  `)
  expect(result).toEqual(['complete', 'Hi there', 'error', true, 'truncated'])
})

test('an error of one entry is recognised by the other', async () => {
  const code = `
    import { CompletionError } from ${entryUrl('core')}
    import { CompletionError as OfHooks } from ${entryUrl('index')}
    console.log(JSON.stringify(new CompletionError({ kind: 'http', message: '' }) instanceof OfHooks))
  `
  const args = ['--input-type=module', '--eval', code]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  expect(stdout.trim()).toBe('true')
})
