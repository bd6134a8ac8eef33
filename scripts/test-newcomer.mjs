/**
 * Tests the packed package in every way in which a new user may load it: streams an answer, aborts another,
 * and in pages renders one with the hook. Not part of CI, because it installs every bundler:
 *
 *     node scripts/test-newcomer.mjs [WORD…]
 *
 * A word chooses the ways whose names contain it. Run for all, it writes the table of docs/compatibility.md.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright'
import { format } from 'prettier'
import { ensureBrowser, launchArgs } from './ensure-browser.mjs'
import { ways } from './newcomer/ways.mjs'
import { packInto } from './package/pack-into.mjs'
import { serveFolder } from './serve-folder.mjs'

const docs = fileURLToPath(new URL('../docs/compatibility.md', import.meta.url))
const work = await mkdtemp(join(tmpdir(), 'newcomer-'))
const browser = await chromium.launch({ ...(await ensureBrowser()), args: launchArgs })
const tarball = join(work, await packInto(work))

/** Opens the built page, and returns what the app has recorded and the messages of the console. */
async function open(folder, headers = {}) {
  const server = await serveFolder(folder, headers)
  const page = await browser.newPage()
  const complaints = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (message.type() !== 'log') complaints.push(message.text())
  })
  try {
    await page.goto(`${server.url}/`)
    await page.waitForFunction(() => globalThis.newcomer, undefined, { timeout: 20_000 })
    const seen = await page.evaluate(() => globalThis.newcomer)
    return complaints.length > 0 ? { ...seen, complaints } : seen
  } catch (error) {
    throw new Error(`${error.message}\n${complaints.join('\n')}`)
  } finally {
    await page.close()
    await server.close()
  }
}

const whole = ['complete', 'Hello, newcomer']
const expected = {
  whole,
  aborted: ['aborted', true],
  hook: whole,
  tests: 'passed',
}

/** The unexpected results of an app. Each way tests a part of the features. */
function wrongIn({ version: _, ...seen }) {
  const wrong = Object.entries(seen).filter(
    ([name, value]) => !isDeepStrictEqual(value, expected[name]),
  )
  if (Object.keys(seen).length === 0) return 'nothing was tested'
  return wrong.length === 0 ? undefined : JSON.stringify(Object.fromEntries(wrong))
}

async function writeTable(rows) {
  const table = ['| environment | version | requirements |', '| --- | --- | --- |', ...rows].join(
    '\n',
  )
  const text = await readFile(docs, 'utf8')
  const marked = /(<!-- newcomer-table -->)[^]*(<!-- \/newcomer-table -->)/
  if (!marked.test(text)) throw new Error('docs/compatibility.md has no place for the table.')
  const replaced = text.replace(marked, `$1\n\n${table}\n\n$2`)
  await writeFile(docs, await format(replaced, { parser: 'markdown', printWidth: 100 }))
}

const words = process.argv.slice(2).map((word) => word.toLowerCase())
const asked = ways.filter(
  ({ name, version }) =>
    words.length === 0 || words.some((word) => `${name} ${version}`.toLowerCase().includes(word)),
)
const rows = []
let failed = 0
for (const { name, version, needs, run } of asked) {
  const startedAt = Date.now()
  try {
    const seen = await run({ work, tarball, open })
    const wrong = wrongIn(seen)
    if (wrong) throw new Error(wrong)
    const shown = version === 'Chromium' ? `${version} ${browser.version().split('.')[0]}` : version
    rows.push(`| ${name} | ${seen.version ?? shown} | ${needs} |`)
    console.log(
      `✓ ${name} ${seen.version ?? shown} (${Math.round((Date.now() - startedAt) / 1000)} s)`,
    )
  } catch (error) {
    failed++
    console.log(`✗ ${name} ${version}: ${error.message}`)
  }
}
await browser.close()
await rm(work, { recursive: true, force: true, maxRetries: 3 })
if (rows.length === ways.length) await writeTable(rows)
console.log(`${rows.length} passed, ${failed} failed`)
process.exit(failed > 0 ? 1 : 0)
