/**
 * Draws charts of the measured tables in bench/RESULTS.md and docs/*.md:
 *
 *     npm run charts
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { barChart } from './charts/bar-chart.mjs'
import { numberOf, tablesOf } from './charts/tables.mjs'

const at = (path) => new URL(`../${path}`, import.meta.url)
const tables = (path) => tablesOf(readFileSync(at(path), 'utf8'))
const plain = (cell) => cell.replaceAll(/[`*]/g, '')
const count = (value) => value.toLocaleString('en')

function speed() {
  const results = tables('bench/RESULTS.md')
  const contestants = [
    ['this package', '**this package**, `useTextBlocks`'],
    ['AI SDK useCompletion, throttled', 'AI SDK `useCompletion`, `throttle'],
    ['openai client, state per event', '`openai` client'],
    ['a hook that sets state per delta', 'naive hook'],
  ]
  const panel = (title, heading, column, unit) => {
    const [head, , ...rows] = Object.entries(results).find(([name]) => name.startsWith(heading))[1]
    const bars = contestants.flatMap(([label, start], index) => {
      const cell = rows.find(([name]) => name.startsWith(start))?.[head.indexOf(column)]
      const value = numberOf(cell)
      return value > 0 ? [{ label, value, shown: `${count(value)}${unit}`, ours: index === 0 }] : []
    })
    return { title, bars }
  }
  return barChart('Main thread time and React commits of four ways to read the same stream', [
    panel('2,000 tokens/s for 5 s: main thread', '2,000 tokens/s', 'main thread, ms', ' ms'),
    panel('10,000 deltas at once: main thread', '10,000 deltas', 'main thread, ms', ' ms'),
    panel('20 hooks at 100 tokens/s for 5 s: React commits', '20 hooks', 'commits', ''),
  ])
}

function markdown() {
  const [, , ...rows] = tables('docs/markdown.md')['Measurements']
  const bars = rows.slice(0, 3).map(([name, share]) => ({
    label: plain(name),
    value: 100 - numberOf(share),
    shown: `${(100 - numberOf(share)).toFixed(2)} %`,
    ours: name === '`repairMarkdown`',
  }))
  return barChart('Share of prefixes that show text which later changes', [
    { title: 'Prefixes that show text which disappears or changes later', bars },
  ])
}

function sizes() {
  const [, , ...rows] = tables('docs/size.md')['Size']
  const bars = rows
    .map(([label, , added]) => ({
      label: label
        .replace(/^useStreamingCompletion (and|with) /, '')
        .replace(/^useConversation and (responses|chat)Conversation/, 'useConversation, $1'),
      value: numberOf(added.replace('+', '')),
      shown: `${added} kB`,
      ours: true,
    }))
    .filter(({ value }) => value > 0)
  return barChart('What each feature adds to the size of the hook', [
    { title: 'Added to the hook, minified and gzipped', bars },
  ])
}

const hostNames = {
  haproxy: 'HAProxy',
  next: 'Next.js',
  express: 'Express',
  'webpack-dev-server-5': 'webpack-dev-server 5',
  'webpack-dev-server-6': 'webpack-dev-server 6',
}

function proxies() {
  const [, , ...rows] = tables('docs/proxies.md')['Measurements']
  const hosts = new Map()
  for (const row of rows) {
    const [host] = row[0].split(':')
    hosts.set(host, [...(hosts.get(host) ?? []), row])
  }
  const bars = [...hosts].flatMap(([host, setups]) => {
    const initial = setups.find(([setup]) => setup.includes('by default'))
    const advised = setups.find(([setup]) => setup.endsWith('✓'))
    // Omits hosts with a negligible delay.
    if (!initial || !advised || numberOf(initial[3]) < 200) return []
    const bar = (label, value) => ({ label, value, shown: `${count(value)} ms` })
    return [
      bar(`${hostNames[host] ?? host}, by default`, numberOf(initial[3])),
      { ...bar('as recommended', numberOf(advised[3])), ours: true },
    ]
  })
  return barChart('Delay of the first token behind hosts that buffer by default', [
    { title: 'Delay of the first token', bars },
  ])
}

for (const [name, draw] of Object.entries({ speed, markdown, sizes, proxies })) {
  writeFileSync(at(`docs/${name}.svg`), draw())
}
