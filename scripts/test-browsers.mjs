/**
 * Runs the browser tests in every available engine: Chromium, Firefox and WebKit. Playwright's own builds are
 * used if they are installed, otherwise the system's. Missing engines are installed if possible.
 *
 *     node scripts/test-browsers.mjs [ENGINE…] [--require ENGINE]… [-- VITEST ARGUMENTS…]
 *
 * An unavailable engine is skipped with a message; with `--require`, it is a failure.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureEngine, howToGet } from './browsers/engines.mjs'
import { ensureBrowser } from './ensure-browser.mjs'

const known = ['chromium', 'firefox', 'webkit']

function readArguments() {
  const separator = process.argv.indexOf('--')
  const [own, forVitest] =
    separator < 0
      ? [process.argv.slice(2), []]
      : [process.argv.slice(2, separator), process.argv.slice(separator + 1)]
  const { values, positionals } = parseArgs({
    args: own,
    allowPositionals: true,
    options: { require: { type: 'string', multiple: true, default: [] } },
  })
  const required = values.require
  const names = positionals.length > 0 ? [...new Set([...positionals, ...required])] : known
  const strange = names.concat(required).find((name) => !known.includes(name))
  if (strange)
    throw new Error(`'${strange}' is not an engine. The engines are ${known.join(', ')}.`)
  return { names, required, forVitest }
}

/** Finds or installs an engine. */
async function get(name) {
  if (name !== 'chromium') return ensureEngine(name)
  try {
    return { kind: 'playwright', ...(await ensureBrowser()) }
  } catch (error) {
    console.error(error.message)
    return undefined
  }
}

const vitest = join(
  dirname(createRequire(import.meta.url).resolve('vitest/package.json')),
  'vitest.mjs',
)

async function runIn(name, forVitest, folder) {
  const report = join(folder, `${name}.json`)
  const child = spawn(
    process.execPath,
    [
      ...[vitest, 'run', '--project', 'browser*'],
      ...['--reporter', 'default', '--reporter', 'json', `--outputFile.json=${report}`],
      ...forVitest,
    ],
    { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, TEST_BROWSER: name } },
  )
  const [code] = await once(child, 'exit')
  return { failed: code !== 0, counts: countsOf(report) }
}

function countsOf(report) {
  try {
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(
      readFileSync(report, 'utf8'),
    )
    return `${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`
  } catch {
    return 'no report'
  }
}

function driver({ kind, executablePath }) {
  return `${executablePath}${kind === 'system' ? ', which can only open a page' : ''}`
}

async function main() {
  const { names, required, forVitest } = readArguments()
  const folder = mkdtempSync(join(tmpdir(), 'test-browsers-'))
  const summary = []
  try {
    for (const name of names) {
      const engine = await get(name)
      if (engine) {
        console.log(`\n== ${name}: ${driver(engine)}`)
        const { failed, counts } = await runIn(name, forVitest, folder)
        if (failed) process.exitCode = 1
        summary.push(`${failed ? 'FAILED ' : 'passed '} ${name}: ${counts} (${driver(engine)})`)
      } else {
        const why = name === 'chromium' ? '' : ` ${howToGet(name)}`
        if (required.includes(name)) process.exitCode = 1
        summary.push(
          `${required.includes(name) ? 'MISSING' : 'SKIPPED'} ${name}: did not run.${why}`,
        )
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  console.log(`\n${summary.join('\n')}`)
}

await main()
