import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { expect, inject, test } from 'vitest'
import { entries, manifest } from './support/entries.ts'
import { reachableFrom } from './support/modules.ts'

const published = inject('published')
const pathOf = (file: string) => join(published, file)
const read = (file: string) => readFileSync(pathOf(file), 'utf8')

const files = readdirSync(published, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(published, join(entry.parentPath, entry.name)).split(sep).join('/'))
  .sort()

/** The files that the entries need at run time or for their types: the entries and their shared files. */
const reachable = (ending: '.js' | '.d.ts') => [
  ...new Set(
    entries
      .flatMap((entry) => reachableFrom(pathOf(`dist/${entry}${ending}`), ending).files)
      .map((file) => relative(published, file).split(sep).join('/')),
  ),
]
const modules = reachable('.js')

test('the package contains the files of its entries, with a source map for each module, and nothing else', () => {
  const maps = modules.map((file) => `${file}.map`)
  const texts = ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json']
  expect(files).toEqual([...texts, ...modules, ...maps, ...reachable('.d.ts')].sort())
})

test('the source maps contain the sources, which are not in the package', () => {
  for (const file of modules) {
    const { sources, sourcesContent } = JSON.parse(read(`${file}.map`)) as {
      sources: string[]
      sourcesContent: string[]
    }
    expect(sources.length).toBeGreaterThan(0)
    for (const [index, source] of sources.entries()) {
      expect(source).toMatch(/^\.\.\/src\/[\w/-]+\.ts$/)
      expect(sourcesContent[index]).toBe(
        readFileSync(new URL(`../../${source.slice(3)}`, import.meta.url), 'utf8'),
      )
    }
  }
})

test('every entry of package.json exists, with its types first, for `import` and `require` alike', () => {
  for (const [subpath, target] of Object.entries(manifest.exports)) {
    if (typeof target === 'string') continue
    const name = subpath === '.' ? 'index' : subpath.slice(2)
    expect(Object.entries(target)).toEqual([
      ['types', `./dist/${name}.d.ts`],
      ['default', `./dist/${name}.js`],
    ])
    for (const path of Object.values(target)) expect(files).toContain(path.slice(2))
  }
})

// TypeScript's `moduleResolution: "node10"` reads `typesVersions`, and Parcel `alias`.
test('tools that do not support `exports` find the same entries', () => {
  const { '.': root, './package.json': _, ...subpaths } = manifest.exports
  expect(root).toEqual({ types: manifest.types, default: manifest.main })
  const found = Object.fromEntries(
    Object.entries(manifest.alias).map(([subpath, path]) => {
      const [types] = manifest.typesVersions['*']?.[subpath.slice(2)] ?? []
      return [subpath, { types, default: path }]
    }),
  )
  expect(found).toEqual(subpaths)
})

test('only packages listed in package.json are imported', () => {
  const { dependencies = {}, peerDependencies } = manifest
  const named = [...Object.keys(dependencies), ...Object.keys(peerDependencies)].sort()
  const imported = entries.flatMap(
    (entry) => reachableFrom(pathOf(`dist/${entry}.js`), '.js').packages,
  )
  expect([...new Set(imported)].sort()).toEqual(named)
})
