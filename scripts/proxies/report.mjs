/** The report as a table in Markdown. */
import { readFileSync, writeFileSync } from 'node:fs'
import { format, resolveConfig } from 'prettier'

const head = [
  'host and setup',
  'delivery',
  'reads',
  'first token delayed by',
  'abort reaches upstream in mid-stream',
  'in a silence',
  'before the response',
  'error when the upstream breaks',
  'what to configure',
]
const leftAligned = new Set([
  'host and setup',
  'delivery',
  'error when the upstream breaks',
  'what to configure',
])

export const milliseconds = (value) => (value === undefined ? 'never' : `${Math.round(value)} ms`)

const delivery = ({ streams, seen }) => {
  if (streams) return 'streams'
  return seen.reads > 2 ? 'in bursts' : 'buffers'
}

const abortCell = ({ seen, after }) => (seen.status === 'aborted' ? milliseconds(after) : 'fails')

export function row(name, result) {
  const { setup, seen, lateBy, streaming, silence, waits, cutIs } = result
  return [
    `${name}: ${setup.says}${setup.recommended ? ' ✓' : ''}`,
    delivery(result),
    seen.reads,
    milliseconds(lateBy),
    ...[streaming, silence, waits].map(abortCell),
    cutIs === 'nothing' ? cutIs : `\`${cutIs}\``,
    setup.configure ?? (setup.recommended ? 'nothing' : ''),
  ]
}

export function table(rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`
  const rule = head.map((column) => (leftAligned.has(column) ? '---' : '--:'))
  return [line(head), line(rule), ...rows.map(line)].join('\n')
}

/** Puts the table between the `proxy-table` comments of a Markdown file. */
export async function writeTable(file, markdown) {
  const page = readFileSync(file, 'utf8')
  const [begin, end] = ['<!-- proxy-table -->', '<!-- /proxy-table -->']
  const [before, rest] = page.split(begin)
  if (rest === undefined) throw new Error(`${file} has no ${begin}.`)
  const written = `${before}${begin}\n\n${markdown}\n\n${end}${rest.split(end)[1]}`
  writeFileSync(file, await format(written, { ...(await resolveConfig(file)), filepath: file }))
}
