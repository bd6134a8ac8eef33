/**
 * Measures how the rendered text of Markdown grows while it streams, over test/fixtures/markdown, and
 * writes the table in docs/markdown.md:
 *
 *     npm run measure:markdown
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import remend from 'remend'

const root = fileURLToPath(new URL('..', import.meta.url))
const page = join(root, 'docs/markdown.md')
const { version } = JSON.parse(
  await readFile(join(root, 'node_modules/remend/package.json'), 'utf8'),
)

const folder = await mkdtemp(join(tmpdir(), 'measure-markdown-'))
const outfile = join(folder, 'growth.mjs')
await build({
  stdin: {
    contents: `export * from './test/text/support/growth.ts'
export { createTextSplitter, repairMarkdown } from './src/core.ts'`,
    resolveDir: root,
  },
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  logLevel: 'error',
})
const { createTextSplitter, measureGrowth, readAnswers, repairMarkdown } = await import(
  pathToFileURL(outfile).href
)
await rm(folder, { recursive: true })

/** The combined text of the blocks of `useTextBlocks`. */
function inBlocks(text) {
  const blocks = createTextSplitter({ repair: repairMarkdown })(text)
  return blocks.map((block) => block.text).join('\n\n')
}

const contestants = [
  ['no repair', (text) => text],
  [`\`remend\` ${version}`, (text) => remend(text)],
  ['`repairMarkdown`', repairMarkdown],
  ['`useTextBlocks` with `repair: repairMarkdown`', inBlocks],
]

const answers = readAnswers(join(root, 'test/fixtures/markdown/answers.txt'))
const rows = contestants.map(([name, repair]) => {
  const growths = answers.map(({ text }) => measureGrowth(text, repair))
  const prefixes = growths.reduce((sum, growth) => sum + growth.prefixes, 0)
  const wrong = growths.reduce((sum, growth) => sum + growth.wrong.length, 0)
  const held = Math.max(...growths.map((growth) => growth.held))
  const delay = Math.max(...growths.map((growth) => growth.delay))
  const whole = growths.filter((growth) => growth.wrong.length === 0).length
  const share = (Math.floor((1 - wrong / prefixes) * 10_000) / 100).toFixed(2)
  return {
    prefixes,
    row: `| ${name} | ${share} % | ${whole} of ${answers.length} | ${held} | ${delay} |`,
  }
})

const table = [
  '| Rendered with | Prefixes that only grow | Answers without a flicker | Most characters withheld | Longest delay |',
  '| --- | ---: | ---: | ---: | ---: |',
  ...rows.map(({ row }) => row),
].join('\n')

const begin = '<!-- measured -->'
const end = '<!-- /measured -->'
const text = await readFile(page, 'utf8')
const [before] = text.split(begin)
const [, after] = text.split(end)
await writeFile(
  page,
  `${before}${begin}\n\n${rows[0].prefixes.toLocaleString('en')} prefixes of ${answers.length} answers:\n\n${table}\n\n${end}${after}`,
)
process.stdout.write(`${table}\n`)
