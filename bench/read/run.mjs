/**
 * Measures reading a stream that arrives all at once, in Node, by CPU time. Run by `npm run bench:read`
 * (`-- --quick` reads fewer deltas, fewer times),
 * which builds first; writes RESULTS.md next to it. The compared packages are installed if they are
 * missing.
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { cpus } from 'node:os'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { format } from 'prettier'

const pathOf = (path) => fileURLToPath(new URL(path, import.meta.url))
const require = createRequire(import.meta.url)
const { dependencies } = require('./package.json')
try {
  for (const name of Object.keys(dependencies))
    require.resolve(`./node_modules/${name}/package.json`)
} catch {
  execFileSync('npm', ['install', '--no-audit', '--no-fund'], {
    cwd: pathOf('.'),
    stdio: 'inherit',
  })
}

await build({
  entryPoints: [pathOf('../server/wire-format.ts'), pathOf('../server/answer.ts')],
  outdir: pathOf('../../node_modules/.cache/bench'),
  bundle: true,
  platform: 'node',
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  logLevel: 'error',
})
const cached = (name) =>
  import(pathToFileURL(pathOf(`../../node_modules/.cache/bench/${name}.mjs`)).href)
const { wireBody } = await cached('wire-format')
const { textOf } = await cached('answer')
const { contestants } = await import('./contestants.mjs')

const isQuick = process.argv.includes('--quick')
const rounds = isQuick ? 3 : 5
const answer = { kind: 'prose', deltas: isQuick ? 30_000 : 100_000 }
/** The chunk size of `fetch` in a burst, in bytes. */
const chunkLength = 65_536

function bodyOf(wire) {
  const { head, deltas, tail } = wireBody(wire, answer)
  const bytes = new TextEncoder().encode(head + deltas.join('') + tail)
  return () => {
    let start = 0
    const stream = new ReadableStream({
      pull(controller) {
        if (start >= bytes.length) controller.close()
        else controller.enqueue(bytes.slice(start, (start += chunkLength)))
      },
    })
    return new Response(stream, { headers: { 'content-type': 'text/event-stream' } })
  }
}

function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1]
}

const expected = textOf(answer)
const rows = []
for (const wire of ['responses', 'chat', 'ai-sdk']) {
  const respond = bodyOf(wire)
  const readers = contestants.filter(({ wires }) => wires.includes(wire))
  const times = new Map(readers.map(({ name }) => [name, []]))
  // The first round warms up the compiler.
  for (let round = -1; round < rounds; round++) {
    for (const { name, read } of readers) {
      globalThis.gc?.()
      const before = process.cpuUsage()
      const text = await read(respond(), wire)
      const { user, system } = process.cpuUsage(before)
      if (text !== expected) throw new Error(`${name} read another text of ${wire}`)
      if (round >= 0) times.get(name).push((user + system) / 1000)
    }
  }
  const floor = median(times.get('floor'))
  for (const [name, each] of times) {
    const time = median(each)
    rows.push({ wire, name, time, ratio: time / floor })
  }
}

const goal = 0.7
const table = rows.map(
  ({ wire, name, time, ratio }) =>
    `| ${wire} | ${name} | ${time.toFixed(0)} | ${ratio.toFixed(2)} × |`,
)
const own = rows.filter(
  ({ name, wire }) => name === 'use-streaming-completion' && wire !== 'ai-sdk',
)
const verdict = own
  .map(({ wire, ratio }) => `${wire} ${ratio.toFixed(2)} × (${ratio <= goal ? 'met' : 'not met'})`)
  .join(', ')
const report = `# Reading a burst in Node

${answer.deltas.toLocaleString('en')} deltas of prose, all at once, in chunks of 64 KiB: CPU time of the process, median of ${rounds}. The floor
is eventsource-parser ${dependencies['eventsource-parser']}, \`JSON.parse\` and concatenation; openai is ${dependencies.openai}, ai is ${dependencies.ai}. Node
${process.version}, ${cpus()[0]?.model.trim()}. Written by \`npm run bench:read${isQuick ? ' -- --quick' : ''}\`; compare ratios, not milliseconds.

Goal: at most ${goal} × the floor on both OpenAI wires. This run: ${verdict}.

| wire | reader | CPU ms | ÷ floor |
| --- | --- | ---: | ---: |
${table.join('\n')}
`
writeFileSync(pathOf('RESULTS.md'), await format(report, { parser: 'markdown', printWidth: 110 }))
console.log(report)
