/**
 * Measures reading JSON that arrives in deltas of four characters. Run by `node bench/json/run.mjs`;
 * writes RESULTS.md next to it. The compared packages are installed if they are missing.
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { isDeepStrictEqual } from 'node:util'
import { format } from 'prettier'
import { copyOpenPath } from './copy-open-path.mjs'
import { list, sections, string } from './documents.mjs'

const require = createRequire(import.meta.url)
const { dependencies } = require('./package.json')
try {
  for (const name of Object.keys(dependencies)) require.resolve(name)
} catch {
  execFileSync('npm', ['install', '--no-audit', '--no-fund'], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    stdio: 'inherit',
  })
}
const { contestants } = await import('./contestants.mjs')

/** A run that is expected to take longer, in milliseconds, is skipped. */
const longest = Number(process.argv[2] ?? 8000)

const documents = [
  ...[1e3, 1e4, 1e5, 1e6, 5e6].map((size) => ({ shape: 'sections', document: sections, size })),
  { shape: 'string', document: string, size: 1e6 },
  ...[1e5, 1e6, 5e6].map((size) => ({ shape: 'flat list', document: list, size })),
]

/** Each mode is a table: how often the value is read, and how it is used. */
const modes = [
  { every: 16, isCopied: false },
  { every: 1, isCopied: true },
  { every: 1, isCopied: false },
]

let shown
function keep(value) {
  shown = value
}
function keepCopy(value) {
  shown = copyOpenPath(value)
}

const lastOf = new Map()
const rows = []
for (const [mode, { shape, document, size }] of modes.flatMap((mode) =>
  documents.map((document) => [mode, document]),
)) {
  const { every, isCopied } = mode
  const text = document(size)
  const deltas = text.match(/[^]{1,4}/g)
  const expected = JSON.parse(text)
  const times = new Map(contestants.map(({ name }) => [name, []]))
  for (let round = 0; round < (size < 1e6 ? 7 : 3); round++) {
    for (const { name, read, isQuadratic, isInPlace } of contestants) {
      const key = `${name} ${isCopied} ${every}`
      const last = lastOf.get(key)
      const growth = last && size / last.size
      // In a document that is one list, a copy of the open part grows with the document.
      const isSteep = isQuadratic || (isCopied && isInPlace && document === list)
      if (isSteep && last && last.time * growth ** 2 > longest) continue
      const before = process.cpuUsage()
      const value = await read(deltas, every, isCopied && isInPlace ? keepCopy : keep)
      const { user, system } = process.cpuUsage(before)
      times.get(name).push((user + system) / 1000)
      if (!isDeepStrictEqual(value, expected) || shown === undefined)
        throw new Error(`${name} read something else`)
    }
  }
  const own = median(times.get(contestants[0].name))
  for (const { name } of contestants) {
    const each = times.get(name)
    if (each.length > 0)
      lastOf.set(`${name} ${isCopied} ${every}`, { size: text.length, time: median(each) })
  }
  const cells = contestants.map(({ name }) => {
    const each = times.get(name)
    if (each.length === 0) return 'left out'
    const ratio = (median(each) / own).toFixed(2)
    return `${ms(median(each))} (${ms(Math.min(...each))}–${ms(Math.max(...each))}), ×${ratio}`
  })
  rows.push({ mode, cells: [shape, `${size / 1000} kB`, ...cells] })
  console.log([every, isCopied, ...rows.at(-1).cells].join(' | '))
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
}

function ms(value) {
  return value < 10 ? value.toFixed(2) : value.toFixed(0)
}

const line = (cells) => `| ${cells.join(' | ')} |`

function table(mode) {
  const names = contestants.map(({ name }) => name)
  return [
    line(['document', 'size', ...names]),
    line(['---', '---', ...names.map(() => '---')]),
    ...rows.filter((row) => row.mode === modes[mode]).map(({ cells }) => line(cells)),
  ].join('\n')
}

writeFileSync(
  new URL('RESULTS.md', import.meta.url),
  await format(
    `# Reading JSON that streams in

Milliseconds of processor time, garbage collection included, for a whole document in deltas of four
characters: the median of interleaved runs, their range, and the ratio to the first column. Each last
value is checked against \`JSON.parse\`. A run that was expected to take more than ${longest} ms is
skipped. Measured with Node ${process.versions.node} on ${cpus().length} cores; compare ratios, not times.
Run \`npm run bench:json\` to measure again.

## A value after every 16 deltas

This is about once per frame at 1,000 tokens per second, as with \`useStreamingObject\`.

${table(0)}

## An immutable value after every delta, for React

Earlier values must not change, and changed parts must be new references, or React detects no change.
Parsers that modify one object in place do neither: here, the open part of their object is copied
(copy-open-path.mjs), as an app would have to do.

${table(1)}

## A value after every delta

The same without copies: an object that is modified in place is used directly.

${table(2)}

The cost of an immutable value is proportional to the size of its open arrays and objects. To read a flat
list of thousands of rows in linear time, however often the value is read, this package shows the last row
once it is complete, and several rows at a time as the list gets longer.

The values:

${contestants.map(({ name, values }) => `- ${name}: ${values}.`).join('\n')}
`,
    { parser: 'markdown', printWidth: 100, proseWrap: 'preserve' },
  ),
)
