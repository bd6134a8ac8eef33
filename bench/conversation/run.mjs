/**
 * Compares the cost of a token in a conversation of 500 turns and 1 MB of text with that in the first answer of
 * an empty one, in Chromium. Run by `npm run bench:conversation`; writes RESULTS.md next to it.
 *
 * Chromium's own counters distinguish script, style and layout, in CPU time of the page's thread. Each figure is
 * the minimum of several runs.
 */
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { cpus, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { chromium } from 'playwright'
import { format } from 'prettier'
import { ensureBrowser, launchArgs } from '../../scripts/ensure-browser.mjs'
import { ensureInstalled } from '../../scripts/ensure-installed.mjs'

const pathOf = (path) => fileURLToPath(new URL(path, import.meta.url))
ensureInstalled(new URL('../', import.meta.url), 'the packages that the benchmark compares')

const repeats = Number(process.argv[2] ?? 5)
const rate = 100
const tokens = 300
const sizes = { first: { count: 0, length: 1 }, last: { count: 500, length: 1_000_000 } }
const contestants = {
  ours: 'This package',
  'ai-sdk': 'AI SDK, useChat',
  tanstack: 'TanStack AI, useChat',
}

async function pageOf(name) {
  const { outputFiles } = await build({
    entryPoints: [pathOf('page.tsx')],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    jsx: 'automatic',
    minify: true,
    plugins: [
      {
        name: 'contestant',
        setup(bundle) {
          bundle.onResolve({ filter: /contestant\.ts$/ }, () => ({ path: pathOf(`${name}.tsx`) }))
        },
      },
    ],
    // One React for all. Otherwise the package's own files would find the repository's.
    alias: {
      react: pathOf('../node_modules/react'),
      'react-dom': pathOf('../node_modules/react-dom'),
    },
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  })
  const script = outputFiles[0].text.replaceAll('</script', '<\\/script')
  return `<!doctype html><html><meta charset="utf-8"><div id="root"></div><script>${script}</script>`
}

const pages = {}
for (const name of Object.keys(contestants)) pages[name] = await pageOf(name)
const server = createServer((request, response) => {
  const name = new URL(request.url, 'http://page').pathname.slice(1)
  response.writeHead(200, { 'content-type': 'text/html' }).end(pages[name] ?? '')
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const origin = `http://127.0.0.1:${server.address().port}`
const browser = await chromium.launch({ ...(await ensureBrowser()), args: launchArgs })

const counters = {
  script: 'ScriptDuration',
  style: 'RecalcStyleDuration',
  layout: 'LayoutDuration',
}

async function measure(name, size) {
  const page = await browser.newPage({ viewport: { width: 1000, height: 900 } })
  page.on('pageerror', (error) => console.error(name, String(error)))
  const session = await page.context().newCDPSession(page)
  // CPU time of the thread, not wall-clock time, so that other work of the machine does not count.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const query = new URLSearchParams({ ...sizes[size], tokens, rate })
  await page.goto(`${origin}/${name}?${query}`)
  // The earlier turns are on the page, and their rendering is finished.
  await page.waitForFunction(
    (rows) => document.querySelectorAll('p').length === rows,
    sizes[size].count,
  )
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)))
  const read = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return Object.fromEntries(metrics.map((metric) => [metric.name, metric.value]))
  }
  const before = await read()
  const { rowRenders, rowsInOneFrame, text } = await page.evaluate(() => window.bench.run())
  const after = await read()
  await page.close()
  if (text.length < tokens) throw new Error(`${name} shows only ${text.length} characters.`)
  const costs = Object.entries(counters).map(([key, counter]) => [
    key,
    ((after[counter] - before[counter]) * 1e6) / tokens,
  ])
  return { ...Object.fromEntries(costs), rowRenders, rowsInOneFrame }
}

const least = (runs) =>
  Object.fromEntries(
    Object.keys(runs[0]).map((key) => [key, Math.min(...runs.map((run) => run[key]))]),
  )

const results = {}
for (let repeat = 0; repeat < repeats; repeat++) {
  for (const name of Object.keys(contestants)) {
    for (const size of Object.keys(sizes)) {
      const run = await measure(name, size)
      ;((results[name] ??= {})[size] ??= []).push(run)
      console.log(name, size, JSON.stringify(run))
    }
  }
}
const version = browser.version()
await browser.close()
server.close()

const figure = (value) => `${Math.round(value)} µs`
const rows = Object.entries(contestants).map(([name, label]) => {
  const first = least(results[name].first)
  const last = least(results[name].last)
  const cells = [
    label,
    figure(first.script),
    figure(last.script),
    `${(last.script / first.script).toFixed(2)} ×`,
    figure(last.style + last.layout),
    last.rowRenders,
    last.rowsInOneFrame,
  ]
  return `| ${cells.join(' | ')} |`
})
const load = loadavg()[0].toFixed(1)
const report = `# A token in a long conversation

${tokens} tokens at ${rate} tokens/s, in an empty conversation and in one of ${sizes.last.count} turns with
${sizes.last.length / 1e6} MB of text. Each row is memoised. Times are CPU times of the
page's main thread, the minimum of ${repeats} runs, in Chromium ${version} on ${cpus().length}
cores with a load of ${load}.

| package | script per token, first answer | script per token, 500 turns | ratio | style and layout per token, 500 turns | rows rendered | most rows in one frame |
| --- | --: | --: | --: | --: | --: | --: |
${rows.join('\n')}
`
writeFileSync(pathOf('RESULTS.md'), await format(report, { parser: 'markdown' }))
console.log(report)
