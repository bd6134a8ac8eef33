/**
 * Streams through nginx, HAProxy, Apache and Caddy to a page in Chromium, in several setups of each,
 * and reports what arrives how, and whether an abort in the page reaches the upstream.
 *
 *     node scripts/test-proxies.mjs [PROXY…] [--write FILE]
 *
 * The proxies come from the system (on Debian they are installed if they are missing), and run as
 * processes of this script on ports of their own. Fails where the final text or the outcome is wrong,
 * or where a recommended setup does not stream or does not pass an abort on. With `--write`, the table
 * goes into a Markdown file, between its two `proxy-table` comments.
 */
import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'
import { chromium } from 'playwright'
import { format, resolveConfig } from 'prettier'
import { ensureBrowser, launchArgs } from './ensure-browser.mjs'
import { canUseApt, installWithApt } from './install.mjs'
import { proxies } from './proxies/setups.mjs'
import { findProxy, startProxy } from './proxies/start-proxy.mjs'
import { commentInterval, startUpstream, tokens } from './proxies/upstream.mjs'

const count = 40
const text = tokens(count).join('')
const abortAfter = 900
/** How long an upstream may go without hearing of an abort before it counts as never. */
const patience = 3000

async function bundlePage() {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./proxies/page.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
  })
  return outputFiles[0].text
}

async function measure(page, upstream, { path, query }, parameters, abort) {
  const id = randomUUID()
  const url = `${path}stream?${new URLSearchParams({ id, ...parameters })}${query ? `&${query}` : ''}`
  const seen = await page.evaluate(
    ([address, after]) => globalThis.run(address, after),
    [url, abort],
  )
  return { seen, record: upstream.records.get(id) }
}

/** Milliseconds from the page's abort to the upstream's hearing of it; undefined if it never did. */
async function abortDelay(page, upstream, setup, parameters) {
  const { seen, record } = await measure(page, upstream, setup, parameters, abortAfter)
  if (seen.abortedAt === undefined) return { seen, after: undefined }
  const until = Date.now() + patience
  while (record.closedAt === undefined && Date.now() < until) await delay(10)
  if (record.closedAt === undefined || record.finished) return { seen, after: undefined }
  return { seen, after: Math.max(0, record.closedAt - seen.abortedAt) }
}

/** A stream that outlasts the abort by far. */
const long = { tokens: '200' }
/** One that stops sending before the abort, and stays open. */
const silent = { tokens: '200', silentAfter: '5' }

async function testSetup(page, upstream, setup) {
  const problems = []
  const expect = (holds, what) => {
    if (!holds) problems.push(what)
  }
  const { seen, record } = await measure(page, upstream, setup, { tokens: String(count) })
  expect(seen.status === 'complete', `settled as ${seen.status} (${seen.kind ?? 'no error'})`)
  expect(
    seen.text === text,
    `the text is not the one that was sent (${seen.text.length} characters)`,
  )
  if (setup.gzip !== undefined) {
    expect((seen.encoding === 'gzip') === setup.gzip, `content-encoding is ${seen.encoding}`)
  }
  const streaming = await abortDelay(page, upstream, setup, long)
  const silence = await abortDelay(page, upstream, setup, silent)
  for (const { seen: aborted } of [streaming, silence]) {
    expect(
      aborted.status === 'aborted',
      `an abort settled as ${aborted.status} (${aborted.error ?? 'no error'})`,
    )
  }

  const doesStream = seen.reads >= count / 2 && seen.firstToken - record.firstTokenAfter < 500
  const streams = setup.streams ?? (setup.recommended ? true : undefined)
  if (streams !== undefined) {
    expect(
      doesStream === streams,
      `${streams ? 'does not stream' : 'streams'}: ${seen.reads} reads`,
    )
  }
  if (setup.recommended) {
    expect(streaming.after <= 1000, `an abort took ${streaming.after ?? 'for ever'} ms`)
  }
  const silentAborts = setup.silentAborts ?? (setup.recommended ? true : undefined)
  if (silentAborts !== undefined) {
    expect(silence.after <= 1000 === silentAborts, `a silent abort took ${silence.after} ms`)
  }
  return { setup, seen, record, streaming, silence, problems }
}

/** Comments in a silence: the stream outlasts the proxy’s patience, and an abort is heard. */
async function testComments(page, upstream) {
  const parameters = { tokens: String(count), silentAfter: '5', comments: '' }
  const { seen } = await measure(page, upstream, { path: '/timeout/' }, parameters)
  const aborted = await abortDelay(page, upstream, { path: '/timeout/' }, parameters)
  const problems = []
  if (seen.status !== 'complete' || seen.text !== text) {
    problems.push(
      `comments did not keep a stream alive: ${seen.status} (${seen.error ?? 'no error'})`,
    )
  }
  // One comment may still be taken by a connection that is about to be found closed.
  if (!(aborted.after <= 2 * commentInterval + 500)) {
    problems.push(
      `an abort between comments was heard after: ${milliseconds(aborted.after)} (${aborted.seen.status})`,
    )
  }
  return { after: aborted.after, problems }
}

/** What a page sees when a proxy loses its patience with a silent upstream. */
async function testTimeout(page, upstream) {
  const startedAt = Date.now()
  const { seen } = await measure(page, upstream, { path: '/timeout/' }, silent)
  const problems =
    seen.status === 'error' && ['network', 'truncated'].includes(seen.kind) && seen.text !== ''
      ? []
      : [`a proxy’s timeout settled as ${seen.status} (${seen.kind ?? 'no error'})`]
  return { seen, after: Date.now() - startedAt, problems }
}

const milliseconds = (value) => (value === undefined ? 'never' : `${Math.round(value)} ms`)

function row(name, { setup, seen, record, streaming, silence }) {
  return [
    `${name}: ${setup.says}${setup.recommended ? ' ✓' : ''}`,
    seen.reads,
    `${milliseconds(seen.firstToken)} (${milliseconds(record.firstTokenAfter)})`,
    milliseconds(seen.longestGap),
    milliseconds(streaming.after),
    milliseconds(silence.after),
  ]
}

const head = [
  'proxy and setup',
  'reads',
  'first token in the page (sent after)',
  'longest gap',
  'abort heard after',
  'abort in a silence heard after',
]

function table(rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`
  return [
    line(head),
    line(head.map((_, column) => (column ? '--:' : '---'))),
    ...rows.map(line),
  ].join('\n')
}

async function writeTable(file, markdown) {
  const page = readFileSync(file, 'utf8')
  const [begin, end] = ['<!-- proxy-table -->', '<!-- /proxy-table -->']
  const [before, rest] = page.split(begin)
  if (rest === undefined) throw new Error(`${file} has no ${begin}.`)
  const written = `${before}${begin}\n\n${markdown}\n\n${end}${rest.split(end)[1]}`
  writeFileSync(file, await format(written, { ...(await resolveConfig(file)), filepath: file }))
}

async function testProxy(name, upstream, browser) {
  const proxy = await startProxy(name, upstream.port)
  try {
    const page = await browser.newPage()
    await page.goto(proxy.origin)
    const results = []
    for (const setup of proxies[name].setups) {
      const result = await testSetup(page, upstream, setup)
      console.log(row(name, result).join('   '))
      results.push(result)
    }
    const timeout = await testTimeout(page, upstream)
    console.log(
      `${name}: its timeout of 1 s after a silence: ${timeout.seen.kind} ${timeout.seen.phase ?? ''} after ${timeout.after} ms`,
    )
    const comments = await testComments(page, upstream)
    console.log(`${name}: an abort between comments: ${milliseconds(comments.after)}`)
    await page.close()
    return { results, others: [timeout, comments] }
  } finally {
    await proxy.close()
  }
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { write: { type: 'string' } },
  })
  const names = positionals.length > 0 ? positionals : Object.keys(proxies)
  const strange = names.find((name) => !Object.hasOwn(proxies, name))
  if (strange) throw new Error(`'${strange}' is none of ${Object.keys(proxies).join(', ')}.`)
  const missing = names.filter((name) => !findProxy(name))
  if (missing.length > 0 && canUseApt()) {
    await installWithApt(...missing.map((name) => proxies[name].package))
  }
  const upstream = await startUpstream(await bundlePage())
  const browser = await chromium.launch({ ...(await ensureBrowser()), args: launchArgs })
  const rows = []
  const problems = []
  try {
    for (const name of names) {
      if (!findProxy(name)) {
        console.log(`SKIPPED ${name}: it is not installed (package ${proxies[name].package}).`)
        continue
      }
      const { results, others } = await testProxy(name, upstream, browser)
      rows.push(...results.map((result) => row(name, result)))
      for (const result of results) {
        problems.push(...result.problems.map((what) => `${name}, ${result.setup.says}: ${what}`))
      }
      problems.push(...others.flatMap((other) => other.problems.map((what) => `${name}: ${what}`)))
    }
  } finally {
    await browser.close()
    upstream.close()
  }
  const markdown = table(rows)
  console.log(`\n${markdown}\n`)
  if (values.write) await writeTable(values.write, markdown)
  for (const problem of problems) console.error(`FAILED ${problem}`)
  if (problems.length > 0 || rows.length === 0) process.exitCode = 1
}

await main()
