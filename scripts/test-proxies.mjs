/**
 * Streams through proxies, dev servers and frameworks to a page in Chromium, in several setups of each, and
 * reports how the stream arrives, whether an abort in the page reaches the upstream, and what the page sees
 * when the upstream breaks.
 *
 *     node scripts/test-proxies.mjs [HOST…] [--write FILE]
 *
 * Proxies come from the system (on Debian they are installed if they are missing), the others from npm, into
 * a temporary folder. All run as child processes, on separate ports. Fails if the final text or the outcome
 * is wrong, or if a recommended setup does not stream or does not forward an abort. With `--write`, the table
 * of the named hosts (of all, if none is named) is written into a Markdown file, between its two
 * `proxy-table` comments.
 */
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'
import { chromium } from 'playwright'
import { ensureBrowser, launchArgs } from './ensure-browser.mjs'
import { canUseApt, installWithApt } from './install.mjs'
import { hosts } from './proxies/hosts.mjs'
import { measureComments, measureSetup, measureTimeout } from './proxies/measure.mjs'
import { milliseconds, row, table, writeTable } from './proxies/report.mjs'
import { findProgram, prepareFolder, startHost } from './proxies/start-host.mjs'
import { startUpstream } from './proxies/upstream.mjs'

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

/** @param read receives a page of the host's own origin */
async function withPage(name, settings, browser, read) {
  const host = await startHost(name, settings)
  const context = await browser.newContext({ ignoreHTTPSErrors: true })
  try {
    const page = await context.newPage()
    await page.goto(host.origin)
    return await read(page)
  } finally {
    await context.close()
    await host.close()
  }
}

async function testTimeout(name, page, upstream) {
  const path = hosts[name].timeout
  const timeout = await measureTimeout(page, upstream, path)
  const { kind, phase = '' } = timeout.seen
  console.log(`${name}: its timeout of 1 s: ${kind} ${phase} after ${timeout.after} ms`)
  const comments = await measureComments(page, upstream, path)
  console.log(`${name}: an abort between comments: ${milliseconds(comments.after)}`)
  return [...timeout.problems, ...comments.problems].map((what) => `${name}: ${what}`)
}

/** @returns the rows and the problems of a host; undefined if it is not available */
async function testHost(name, upstream, browser) {
  const { setups, timeout } = hosts[name]
  const prepared = await prepareFolder(name)
  if (!prepared) return undefined
  const rows = []
  const problems = []
  try {
    for (const variant of new Set(setups.map((setup) => setup.variant))) {
      const settings = { folder: prepared.folder, upstream: upstream.port, variant }
      await withPage(name, settings, browser, async (page) => {
        for (const setup of setups.filter((other) => other.variant === variant)) {
          const result = await measureSetup(page, upstream, setup)
          rows.push(row(name, result))
          console.log(rows.at(-1).join('   '))
          problems.push(...result.problems.map((what) => `${name}, ${setup.says}: ${what}`))
        }
        if (timeout && !variant) problems.push(...(await testTimeout(name, page, upstream)))
      })
    }
  } finally {
    await prepared.remove()
  }
  return { rows, problems }
}

const isMissing = (name) => !hosts[name].npm && !findProgram(name)

async function installMissing(names) {
  const missing = names.filter(isMissing)
  if (missing.length > 0 && canUseApt()) {
    await installWithApt(...missing.map((name) => hosts[name].package))
  }
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { write: { type: 'string' } },
  })
  const names = positionals.length > 0 ? positionals : Object.keys(hosts)
  const strange = names.find((name) => !Object.hasOwn(hosts, name))
  if (strange) throw new Error(`'${strange}' is not one of ${Object.keys(hosts).join(', ')}.`)
  await installMissing(names)
  const upstream = await startUpstream(await bundlePage())
  const browser = await chromium.launch({ ...(await ensureBrowser()), args: launchArgs })
  const rows = []
  const problems = []
  try {
    for (const name of names) {
      const tested = isMissing(name) ? undefined : await testHost(name, upstream, browser)
      if (!tested) {
        console.log(`SKIPPED ${name}: it is not installed and could not be installed.`)
        continue
      }
      rows.push(...tested.rows)
      problems.push(...tested.problems)
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
