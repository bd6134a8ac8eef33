import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { manifest, specifierOf, subpaths } from './support/entries.ts'

let app: string

/** An app outside the project, with the package as npm installs it. */
beforeAll(async () => {
  app = await mkdtemp(join(tmpdir(), 'require-'))
  const installed = join(app, 'node_modules', manifest.name)
  await mkdir(dirname(installed), { recursive: true })
  await cp(inject('published'), installed, { recursive: true })
  const names = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })
  for (const name of names) {
    const source = fileURLToPath(new URL(`../../node_modules/${name}`, import.meta.url))
    await symlink(source, join(app, 'node_modules', name), 'junction')
  }
})

afterAll(() => rm(app, { recursive: true }))

async function run(file: string, code: string) {
  await writeFile(join(app, file), code)
  return promisify(execFile)(process.execPath, [join(app, file)])
}

test.each(subpaths.map(specifierOf))(
  'a CommonJS module requires %s and gets what an ES module imports, without a warning',
  async (specifier) => {
    const required = `const entry = require('${specifier}')`
    const imported = `import * as entry from '${specifier}'`
    const print = 'console.log(JSON.stringify(Object.keys(entry).sort()))'
    const commonJs = await run('app.cjs', `${required}\n${print}`)
    const esModule = await run('app.mjs', `${imported}\n${print}`)
    expect(commonJs.stderr).toBe('')
    expect(commonJs.stdout).toBe(esModule.stdout)
    expect(commonJs.stdout.length).toBeGreaterThan(20)
  },
)

test('require and import load the same module', async () => {
  const specifier = specifierOf('./core')
  const { stdout } = await run(
    'both.cjs',
    `const required = require('${specifier}')
     import('${specifier}').then((imported) =>
       console.log(imported.CompletionError === required.CompletionError))`,
  )
  expect(stdout.trim()).toBe('true')
})
