/**
 * Writes the comparison in the README from the results of the last benchmark:
 *
 *     node scripts/readme-comparison.mjs
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { format, resolveConfig } from 'prettier'
import { tablesOf } from './charts/tables.mjs'

const results = readFileSync(new URL('../bench/RESULTS.md', import.meta.url), 'utf8')

/** The tables of the report by their headings, each row by the label of its contestant. */
const tables = tablesOf(results)

/** The median of a figure, which precedes its range. */
function figure(heading, contestant, column) {
  const rows = Object.entries(tables).find(([title]) => title.startsWith(heading))?.[1] ?? []
  const at = rows[0]?.indexOf(column) ?? -1
  const row = rows.find(([label]) => label.replaceAll('**', '').startsWith(contestant))
  return row?.[at]?.replace(/\s*\(.*\)/, '') || '–'
}

/** Their names in the README, and the beginnings of their labels in the report. */
const contestants = [
  ['this package', 'this package'],
  ['AI SDK `useCompletion`, throttled', 'AI SDK `useCompletion`, `throttle'],
  ['`openai` client, state per event', '`openai` client'],
  ['a hook that sets state per delta', 'naive hook'],
]

const rows = [
  ['10,000 deltas at once: main thread, ms', '10,000 deltas at once', 'main thread, ms'],
  ['different texts shown meanwhile', '10,000 deltas at once', 'texts seen'],
  ['text shown when it reports completion, %', '10,000 deltas at once', 'shown by then, %'],
  ['2,000 tokens/s: main thread, ms', '2,000 tokens/s', 'main thread, ms'],
  ['20 hooks at once: React commits', '20 hooks', 'commits'],
  ['size with dependencies, without React, min + gzip, kB', 'Size', 'kB'],
]

const markdown = [
  `| | ${contestants.map(([label]) => label).join(' | ')} |`,
  `| --- | ${contestants.map(() => '---:').join(' | ')} |`,
  ...rows.map(
    ([label, heading, column]) =>
      `| ${label} | ${contestants
        .map(([, prefix]) => figure(heading, prefix, column))
        .join(' | ')} |`,
  ),
].join('\n')

const file = new URL('../README.md', import.meta.url)
const page = readFileSync(file, 'utf8')
const [before, rest] = page.split('<!-- comparison -->')
const after = rest.split('<!-- /comparison -->')[1]
const path = file.pathname
writeFileSync(
  file,
  await format(`${before}<!-- comparison -->\n\n${markdown}\n\n<!-- /comparison -->${after}`, {
    ...(await resolveConfig(path)),
    filepath: path,
  }),
)
