/**
 * Runs every server of `examples/` on its own runtime, aborts from a page in Chromium, in mid-stream and in a
 * silence, and measures when the provider detects it. Not part of CI, because it installs runtimes:
 *
 *     node scripts/test-hosts.mjs [NAME…]
 *
 * Run for all of them, it writes the table of docs/servers.md.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { chromium } from 'playwright'
import { format } from 'prettier'
import { ensureBrowser, launchArgs } from './ensure-browser.mjs'
import { servers } from './hosts/servers.mjs'
import { rateLimit, startUpstream } from './hosts/upstream.mjs'
import { buildIfStale } from './package/build-if-stale.mjs'
import { packInto } from './package/pack-into.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const docs = join(root, 'docs/servers.md')
/** An abort that takes longer to arrive, in milliseconds, is a failure. */
const limit = 1000
/** How often each abort is measured. The table has the longest. */
const rounds = 3

const counts = { passed: 0, failed: 0 }

function check(holds, name, found) {
  counts[holds ? 'passed' : 'failed']++
  console.log(`${holds ? '✓' : '✗'} ${name}${holds ? '' : `: ${JSON.stringify(found)}`}`)
}

/** Aborts from a page while the provider streams, or is silent. */
async function abortAfter(page, input, upstream) {
  const abortedAt = await page.evaluate(async (sent) => {
    const controller = new AbortController()
    const response = await fetch('/api/completion', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ input: sent }),
      signal: controller.signal,
    })
    const reader = response.body.getReader()
    void (async () => {
      while (!(await reader.read()).done);
    })().catch(() => {})
    // Twenty events take 800 ms; after that, the silent one is silent.
    await new Promise((resolve) => setTimeout(resolve, 1500 + Math.random() * 1000))
    const at = Date.now()
    controller.abort()
    return at
  }, input)
  const closedAt = await Promise.race([upstream.requests.at(-1).closed, delay(5000, Infinity)])
  return closedAt - abortedAt
}

async function longest(page, input, upstream) {
  const times = []
  for (let round = 0; round < rounds; round++) times.push(await abortAfter(page, input, upstream))
  return Math.max(...times)
}

async function testOutcomes(title, url, { createCompletion }) {
  const { start } = createCompletion({ url: `${url}/api/completion` })
  const whole = await start('all')
  check(whole.status === 'complete', `${title}: streams to the proper end`, whole.error?.message)
  // Forty words and spaces, one every 40 ms.
  const { firstTokenAt, lastByteAt } = whole.timing
  const took = Math.round(lastByteAt - firstTokenAt)
  check(took > 1200, `${title}: as it arrives, in ${took} ms`, took)
  const limited = await start('limit')
  check(
    limited.error?.status === rateLimit.status &&
      limited.error.retryAfter === Number(rateLimit.retryAfter) * 1000 &&
      limited.error.requestId === rateLimit.requestId,
    `${title}: forwards a rate limit, with Retry-After and x-request-id`,
    limited.error,
  )
  const cut = await start('cut')
  check(
    cut.status === 'error' && cut.text.startsWith('word 0'),
    `${title}: a stream that is cut is an error of kind ${cut.error?.kind}, with its text`,
    cut.status,
  )
  return cut.error?.kind
}

async function testServer(server, started, context) {
  const { upstream, browser, core } = context
  const title = await server.title()
  const kind = await testOutcomes(title, started.url, core)
  const page = await browser.newPage()
  // Its 404 is a page of the same origin.
  await page.goto(`${started.url}/`)
  const midStream = await longest(page, 'stream', upstream)
  check(
    midStream <= limit,
    `${title}: an abort in mid-stream is detected (${midStream} ms)`,
    midStream,
  )
  const silence = await longest(page, 'silence', upstream)
  check(silence <= limit, `${title}: an abort in a silence is detected (${silence} ms)`, silence)
  await page.close()
  const shown = (time) => (time === Infinity ? 'never' : `${time} ms`)
  return `| ${title} | ${shown(midStream)} | ${shown(silence)} | \`${kind}\` |`
}

async function writeTable(rows) {
  const table = [
    '| server | abort in mid-stream detected after | abort in a silence detected after | error if the provider cuts the stream |',
    '| --- | ---: | ---: | --- |',
    ...rows,
  ].join('\n')
  const text = await readFile(docs, 'utf8')
  const marked = /(<!-- abort-table -->)[^]*(<!-- \/abort-table -->)/
  if (!marked.test(text)) throw new Error('docs/servers.md has no place for the table.')
  const replaced = text.replace(marked, `$1\n\n${table}\n\n$2`)
  const options = { parser: 'markdown', printWidth: 100, semi: false, singleQuote: true }
  await writeFile(docs, await format(replaced, options))
}

const names = process.argv.slice(2)
const work = await mkdtemp(join(tmpdir(), 'hosts-'))
await buildIfStale(root, join(root, 'dist/core.js'))
const load = (entry) => import(pathToFileURL(join(root, `dist/${entry}.js`)).href)
const upstream = await startUpstream(await load('testing'))
const browser = await chromium.launch({ ...(await ensureBrowser()), args: launchArgs })
const context = { upstream, browser, core: await load('core') }
const env = {
  OPENAI_API_KEY: 'sk-example',
  OPENAI_BASE_URL: upstream.baseURL,
  PORT: '0',
  NEXT_TELEMETRY_DISABLED: '1',
}
let packed
const tarball = async () => (packed ??= join(work, await packInto(work)))

const rows = []
try {
  for (const [name, server] of Object.entries(servers)) {
    if (names.length > 0 && !names.includes(name)) continue
    const reason = server.skipped?.()
    if (reason) {
      console.log(`SKIPPED ${name}: ${reason}.`)
      continue
    }
    const started = await server.start({ env, work, tarball })
    try {
      rows.push(await testServer(server, started, context))
    } finally {
      started.stop()
    }
  }
  if (rows.length === Object.keys(servers).length) await writeTable(rows)
} catch (error) {
  console.error(error)
  counts.failed++
} finally {
  await browser.close()
  upstream.close()
  await rm(work, { recursive: true, force: true, maxRetries: 3 })
}
console.log(`${counts.passed} passed, ${counts.failed} failed`)
process.exit(counts.failed > 0 ? 1 : 0)
