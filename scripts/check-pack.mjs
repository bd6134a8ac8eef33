/**
 * Checks what npm would publish: exactly the files that should be, and `'use client'` where it belongs.
 *
 *     node scripts/check-pack.mjs
 */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')

const expected = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'package.json',
  ...['index', 'core', 'testing'].flatMap((entry) =>
    ['.js', '.js.map', '.d.ts'].map((ending) => `dist/${entry}${ending}`),
  ),
]

/** What the entries share; the names have a hash. */
const shared = /^dist\/[\w-]+-\w{8}(\.js|\.js\.map|\.d\.ts)$/
/** For the source maps: who looks for a bug steps through this. */
const source = /^src\/[\w/-]+\.ts$/

const json = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
  cwd: root,
  encoding: 'utf8',
  shell: process.platform === 'win32',
})
const packed = JSON.parse(json)
const { files, size } = Array.isArray(packed) ? packed[0] : Object.values(packed)[0]
const paths = files.map(({ path }) => path)
const problems = [
  ...expected.filter((path) => !paths.includes(path)).map((path) => `${path} is missing`),
  ...paths
    .filter((path) => !expected.includes(path) && !shared.test(path) && !source.test(path))
    .map((path) => `${path} should not be there`),
]

const isForClient = (path) => /^["']use client["'];?\n/.test(read(path))
if (!isForClient('dist/index.js')) problems.push("dist/index.js does not begin with 'use client'")
for (const path of paths.filter(
  (each) => /^dist\/.*\.js$/.test(each) && each !== 'dist/index.js',
)) {
  if (read(path).includes('use client')) {
    problems.push(`${path} says 'use client': it is not for the client alone`)
  }
}

for (const problem of problems) console.error(`✗ ${problem}`)
console.log(`package: ${paths.length} files, ${(size / 1000).toFixed(0)} kB packed`)
if (problems.length > 0) process.exitCode = 1
