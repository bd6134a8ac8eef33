/**
 * Runs every recipe in `examples/`: streams through it to the end, aborts in the middle and checks that the
 * upstream detects it, is rejected, and has its stream cut.
 *
 *     node scripts/test-examples.mjs [NAME…]
 */
import { spawnSync } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { chromium } from 'playwright'
import { ensureBrowser, launchArgs } from './ensure-browser.mjs'
import { ensureInstalled } from './ensure-installed.mjs'
import { startServer } from './hosts/start-server.mjs'
import { testChat } from './hosts/test-chat.mjs'
import { buildIfStale } from './package/build-if-stale.mjs'
import { packInto } from './package/pack-into.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const prompt = 'Plan three days in Kyoto'
const counts = { passed: 0, failed: 0 }
const work = await mkdtemp(join(tmpdir(), 'examples-'))
const closing = []

function check(holds, name, found) {
  counts[holds ? 'passed' : 'failed']++
  console.log(`${holds ? '✓' : '✗'} ${name}${holds ? '' : `: ${JSON.stringify(found)}`}`)
}

/** The upstream of the demo, as a separate module. */
async function startUpstream(speed) {
  const outfile = join(root, 'node_modules/.cache', `upstream-${process.pid}.mjs`)
  await build({
    entryPoints: [join(root, 'stories/server/upstream/upstream.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    logLevel: 'error',
  })
  const module = await import(pathToFileURL(outfile).href)
  await rm(outfile)
  const upstream = await module.startUpstream({ apiKey: 'sk-example', speed })
  closing.push(() => upstream.close())
  return upstream
}

/** Starts a server, which ends with this script. */
async function start(command, args, options) {
  const { url, stop } = await startServer(command, args, options)
  closing.push(stop)
  return url
}

/** Whether the client of the last request to the upstream closed it, within two seconds. */
async function wasTold(upstream) {
  const last = upstream.requests.at(-1)
  await Promise.race([last?.settled, delay(2000)])
  return last?.outcome
}

/** Tests a proxy with the package's reader. */
async function testProxy(name, url, upstream, { createCompletion }) {
  let reads = 0
  const completion = createCompletion({
    url: `${url}/api/completion`,
    publish: 'sync',
    async fetch(...request) {
      const response = await fetch(...request)
      const counted = response.body?.pipeThrough(
        new TransformStream({
          transform(bytes, controller) {
            reads++
            controller.enqueue(bytes)
          },
        }),
      )
      return new Response(counted, response)
    },
  })
  const whole = await completion.start(prompt)
  check(
    whole.status === 'complete' && whole.text.includes('Kyoto') && whole.finishReason === 'stop',
    `${name}: streams to the proper end`,
    [whole.status, whole.error?.message],
  )
  check(reads > 40, `${name}: in many chunks, as they arrive (${reads})`, reads)

  const unsubscribe = completion.subscribe(() => {
    if (completion.getState().text.length > 60) completion.abort()
  })
  const aborted = await completion.start(prompt)
  unsubscribe()
  check(
    aborted.status === 'aborted' && aborted.text.length > 60,
    `${name}: keeps the text of an abort`,
    aborted.status,
  )
  const outcome = await wasTold(upstream)
  check(outcome === 'closed-by-client', `${name}: forwards an abort to the upstream`, outcome)

  const limited = await completion.start('Rate limit me, please')
  check(
    limited.error?.status === 429 && limited.error.retryAfter === 2000,
    `${name}: forwards a rate limit`,
    limited.error,
  )
  const cut = await completion.start('Cut the connection halfway, in a plan for Kyoto')
  check(
    cut.status === 'error' && /network|truncated/.test(cut.error.kind) && cut.text !== '',
    `${name}: a stream that is cut is an error, with its text (${cut.error?.kind})`,
    [cut.status, cut.error?.kind],
  )
  const wrong = await fetch(`${url}/api/completion`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{ "input": "Hi", "model": "dall-e-3" }',
  })
  check(wrong.status === 400, `${name}: rejects other models`, wrong.status)
  const elsewhere = await fetch(`${url}/api/other`, { method: 'POST', body: '{}' })
  check(elsewhere.status === 404, `${name}: answers 404 on other paths`, elsewhere.status)
}

/** Tests a page with the hook in a browser. */
async function testPage(name, url, upstream, browser) {
  const page = await browser.newPage()
  const complaints = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  await page.goto(url)
  const status = (words) =>
    page.getByRole('status').filter({ hasText: words }).waitFor({ timeout: 20_000 })
  await page.getByRole('button', { name: 'Ask' }).click()
  const lengths = await page.evaluate(async () => {
    const seen = []
    while (seen.length < 5) {
      await new Promise(requestAnimationFrame)
      const { length } = document.querySelector('.text').textContent
      if (length > (seen.at(-1) ?? 0)) seen.push(length)
    }
    return seen
  })
  await page.getByRole('button', { name: 'Stop' }).click()
  await status('aborted')
  check(lengths.length === 5, `${name}: the text grows in the page, and an abort keeps it`, lengths)
  const outcome = await wasTold(upstream)
  check(outcome === 'closed-by-client', `${name}: the abort reaches the upstream`, outcome)
  await page.getByRole('button', { name: 'Ask' }).click()
  await status('complete')
  const text = await page.locator('.text').textContent()
  check(text.includes('Kyoto'), `${name}: the answer arrives completely`, text)
  check(complaints.length === 0, `${name}: the console has no messages`, complaints)
  if (process.env.SCREENSHOTS) {
    await page.screenshot({ path: join(process.env.SCREENSHOTS, `example-${name}.png`) })
  }
  await page.close()
}

/** Runs the tests of an app with each Jest configuration. */
function testJest(folder) {
  for (const way of ['babel', 'babel-esm', 'ts-jest']) {
    const { status, stderr } = spawnSync(`npm run --silent test:${way}`, {
      cwd: folder,
      shell: true,
      encoding: 'utf8',
    })
    const holds = status === 0 && /Tests: +3 passed, 3 total/.test(stderr)
    check(holds, `jest: the tests of an app pass with ${way}`, stderr)
  }
}

/** A copy of an app, with the packed package installed as a user would. */
async function installApp(name, tarball) {
  const folder = join(work, name)
  await cp(join(root, 'examples', name), folder, {
    recursive: true,
    filter: (path) => !/node_modules|\.next/.test(path),
  })
  const file = join(folder, 'package.json')
  const json = JSON.parse(await readFile(file, 'utf8'))
  json.dependencies['use-streaming-completion'] = `file:${tarball}`
  await writeFile(file, JSON.stringify(json))
  run('npm install --ignore-scripts --no-audit --no-fund --loglevel=error', folder)
  return folder
}

function run(command, cwd, env = {}) {
  const { status, stdout, stderr } = spawnSync(command, {
    cwd,
    env: { ...process.env, ...env },
    shell: true,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`${command} failed in ${cwd}:\n${stdout}${stderr}`)
  return stdout
}

const installed = (name) => {
  ensureInstalled(new URL(`../examples/${name}/`, import.meta.url), `the recipe ${name}`)
  return join(root, 'examples', name)
}

const python = process.platform === 'win32' ? 'python' : 'python3'
const proxies = {
  node: () => [process.execPath, ['server.mjs'], join(root, 'examples/node')],
  express: () => [process.execPath, ['server.mjs'], installed('express')],
  hono: () => [process.execPath, ['server.mjs'], installed('hono')],
  python: () => [python, ['server.py'], join(root, 'examples/python')],
}

async function main() {
  await buildIfStale(root, join(root, 'dist/core.js'))
  const core = await import(pathToFileURL(join(root, 'dist/core.js')).href)
  const upstream = await startUpstream(6)
  const env = {
    OPENAI_API_KEY: 'sk-example',
    OPENAI_BASE_URL: upstream.baseURL,
    PORT: '0',
    NEXT_TELEMETRY_DISABLED: '1',
  }
  const names = process.argv.slice(2)
  const isAsked = (name) => names.length === 0 || names.includes(name)

  for (const [name, recipe] of Object.entries(proxies)) {
    if (!isAsked(name)) continue
    if (name === 'python' && spawnSync(python, ['--version']).status !== 0) {
      console.log('SKIPPED python: it is not installed.')
      continue
    }
    const [command, args, cwd] = recipe()
    const url = await start(command, args, { cwd, env })
    await testProxy(name, url, upstream, core)
  }
  if (!['jest', 'next', 'vite', 'chat'].some(isAsked)) return

  const tarball = join(work, await packInto(work))
  if (isAsked('jest')) testJest(await installApp('jest', tarball))
  if (!['next', 'vite', 'chat'].some(isAsked)) return
  const browser = await chromium.launch({ ...(await ensureBrowser()), args: launchArgs })
  closing.push(() => browser.close())
  if (isAsked('vite')) {
    const folder = await installApp('vite', tarball)
    const proxy = await start(...proxies.node().slice(0, 2), { cwd: proxies.node()[2], env })
    const vite = join(folder, 'node_modules/vite/bin/vite.js')
    run(`"${process.execPath}" "${vite}" build`, folder)
    const args = [vite, 'preview', '--port', '4179', '--host', '127.0.0.1']
    const url = 'http://127.0.0.1:4179/'
    await start(process.execPath, args, { cwd: folder, env: { PROXY: proxy }, url })
    await testPage('vite', url, upstream, browser)
  }
  if (isAsked('chat')) {
    const folder = await installApp('chat', tarball)
    // Slow enough to do something in mid-answer.
    const upstream = await startUpstream(3)
    const vite = join(folder, 'node_modules/vite/bin/vite.js')
    run(`"${process.execPath}" "${vite}" build`, folder)
    const server = {
      // A fixed port, so that the server can be restarted on it.
      port: '4182',
      async start() {
        const cwd = join(root, 'examples/chat')
        const started = await startServer(process.execPath, ['server.mjs'], {
          cwd,
          env: { ...env, OPENAI_BASE_URL: upstream.baseURL, PORT: server.port },
        })
        server.stop = started.stop
      },
      stop() {},
    }
    await server.start()
    closing.push(() => server.stop())
    const args = [vite, 'preview', '--port', '4183', '--host', '127.0.0.1']
    const url = 'http://127.0.0.1:4183/'
    const PROXY = `http://127.0.0.1:${server.port}`
    await start(process.execPath, args, { cwd: folder, env: { PROXY }, url })
    await testChat({ url, browser, upstream, server, check })
  }
  if (isAsked('next')) {
    const folder = await installApp('next', tarball)
    const next = join(folder, 'node_modules/next/dist/bin/next')
    run(`"${process.execPath}" "${next}" build`, folder, env)
    const args = [next, 'start', '--port', '4180', '--hostname', '127.0.0.1']
    const url = 'http://127.0.0.1:4180'
    await start(process.execPath, args, { cwd: folder, env, url })
    await testProxy('next', url, upstream, core)
    await testPage('next', `${url}/`, upstream, browser)
  }
}

try {
  await main()
} catch (error) {
  console.error(error)
  counts.failed++
} finally {
  for (const close of closing.reverse()) await close()
  await rm(work, { recursive: true, force: true, maxRetries: 3 })
}
console.log(`${counts.passed} passed, ${counts.failed} failed`)
process.exit(counts.failed > 0 ? 1 : 0)
