/**
 * Measures reading JSON that arrives in deltas of four characters. Run by `node bench/json/run.mjs`;
 * writes RESULTS.md beside it. What it measures against is installed if it cannot be found.
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

/** A run that is expected to take longer, in milliseconds, is left out. */
const longest = Number(process.argv[2] ?? 8000)

const documents = [
  ...[1e3, 1e4, 1e5, 1e6, 5e6].map((size) => ({ shape: 'sections', document: sections, size })),
  { shape: 'string', document: string, size: 1e6 },
  ...[1e5, 1e6, 5e6].map((size) => ({ shape: 'flat list', document: list, size })),
]

/** Each is a table: how often a value is asked for, and what is done with it. */
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
      // A copy of what is open grows with the document where the document is one list.
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
value is checked against \`JSON.parse\`. A run that was expected to take more than ${longest} ms is left
out. Measured with Node ${process.versions.node} on ${cpus().length} cores; the ratios count, not the
times. Run \`npm run bench:json\` to measure again.

## A value after every 16 deltas

As often as a frame of the screen comes with a model of 1,000 tokens a second: what \`useStreamingObject\`
does.

${table(0)}

## A value after every delta, that React can be given

What is shown has to stay as it was, and what changed has to be a new reference, or React sees no change.
Parsers that write to one object in place give neither; here what is open of theirs is copied
(copy-open-path.mjs), as an app would have to.

${table(1)}

## A value after every delta

The same, with nothing copied: the object that is written to in place is taken as it is.

${table(2)}

A value that is never written to again costs as much as the arrays and objects that are still open hold.
So that a flat list of thousands of rows stays linear however often it is looked at, this package shows
its last row once it is whole, and more of them at a time the longer it gets.

What the values are:

${contestants.map(({ name, values }) => `- ${name}: ${values}.`).join('\n')}
`,
    { parser: 'markdown', printWidth: 100, proseWrap: 'preserve' },
  ),
)
