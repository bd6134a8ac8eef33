#!/usr/bin/env bash
# @opentelemetry/instrumentation-fetch 0.223.0, @elastic/apm-rum 5.17.5 and @sentry/browser 11.12.0 (with
# `fetchStreamPerformanceIntegration`) in Chromium 156 (CHROMIUM_PATH names another executable): a page reads a streamed
# response and cancels its body with `reader.cancel()`. @datadog/browser-rum 7.16.2 for comparison. playwright-core 1.65.1.
#
# Seen: `cancel()` resolves, and the connection stays open, while tokens arrive and in a silence, for as long as the server
# keeps it (here 9 s). An abort of the request's signal closes it within milliseconds. Datadog's instrumentation, and a
# page without any, closes it in each case.
#
# Surprising because `cancel()` means that the reader needs no more data, and because the packages should only
# observe: each reads a clone of the response to detect its end, which splits the body into two branches, and one
# branch alone cannot cancel it. The distributions of Grafana, Honeycomb and Splunk are built on the first. An app
# that ends streams by `break` in `for await` or by `cancel()` pays for the whole answer once monitoring is added.
set -euo pipefail
CHROMIUM_FOUND=${CHROMIUM_PATH:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)} || {
  echo 'Chromium is needed.' >&2
  exit 2
}
export CHROMIUM_FOUND
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
timeout 240 npm install --silent --no-audit --no-fund --ignore-scripts \
  playwright-core@1.65.1 esbuild@0.28.2 @elastic/apm-rum@5.17.5 @sentry/browser@11.12.0 @datadog/browser-rum@7.16.2 \
  @opentelemetry/instrumentation-fetch@0.223.0 @opentelemetry/instrumentation@0.223.0 @opentelemetry/sdk-trace-web@2.12.0 @opentelemetry/api@1.9.1

mkdir agents
echo '' >agents/none.js
cat >agents/opentelemetry.js <<'JS'
import { registerInstrumentations } from '@opentelemetry/instrumentation'
import { FetchInstrumentation } from '@opentelemetry/instrumentation-fetch'
import { WebTracerProvider } from '@opentelemetry/sdk-trace-web'

new WebTracerProvider().register()
registerInstrumentations({ instrumentations: [new FetchInstrumentation()] })
JS
cat >agents/elastic.js <<'JS'
import { init } from '@elastic/apm-rum'

init({ serviceName: 'page', serverUrl: location.origin })
JS
cat >agents/sentry.js <<'JS'
import { browserTracingIntegration, fetchStreamPerformanceIntegration, init } from '@sentry/browser'

const integrations = [browserTracingIntegration(), fetchStreamPerformanceIntegration()]
init({ dsn: `http://key@${location.host}/1`, tracesSampleRate: 1, integrations })
JS
cat >agents/datadog.js <<'JS'
import { datadogRum } from '@datadog/browser-rum'

const site = { site: 'datadoghq.com', proxy: `${location.origin}/collect` }
datadogRum.init({ applicationId: 'page', clientToken: 'pub', ...site, sessionSampleRate: 100, trackResources: true })
JS
cat >run.mjs <<'JS'
import { createServer } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { build } from 'esbuild'
import { chromium } from 'playwright-core'

const agents = ['none', 'datadog', 'opentelemetry', 'elastic', 'sentry']
const scripts = {}
for (const agent of agents) {
  const define = { 'process.env.NODE_ENV': '"production"' }
  const options = { entryPoints: [`agents/${agent}.js`], bundle: true, write: false, format: 'iife', define, logLevel: 'error' }
  scripts[agent] = (await build(options)).outputFiles[0].text
}

const closedAt = {}
const server = createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost')
  if (pathname === '/page') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
    return void response.end(`<!doctype html><meta charset="utf-8"><script src="/script?${searchParams}"></script>`)
  }
  if (pathname === '/script') {
    response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8' })
    return void response.end(scripts[searchParams.get('agent')])
  }
  if (pathname !== '/stream') {
    request.resume()
    response.writeHead(200, { 'content-type': 'application/json' })
    return void response.end('{}')
  }
  response.on('close', () => (closedAt[searchParams.get('id')] = performance.now()))
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.write('data: token\n\n')
  while (searchParams.has('tokens') && !response.destroyed) {
    await delay(100)
    response.write('data: token\n\n')
  }
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
const origin = `http://127.0.0.1:${server.address().port}`

const args = process.getuid() === 0 ? ['--no-sandbox'] : []
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_FOUND, args })
const ways = [
  { name: 'cancel() while tokens arrive', tokens: '&tokens', how: 'cancel' },
  { name: 'cancel() in a silence', tokens: '', how: 'cancel' },
  { name: 'abort', tokens: '&tokens', how: 'abort' },
]

async function run(agent) {
  // A context for each: pages of one context share its connections to the origin.
  const page = await (await browser.newContext()).newPage()
  await page.goto(`${origin}/page?agent=${agent}`)
  await delay(500)
  const row = await Promise.all(
    ways.map(async ({ name, tokens, how }) => {
      const id = `${agent}-${name}`
      const url = `/stream?id=${encodeURIComponent(id)}${tokens}`
      await page.evaluate(
        async ({ url, how }) => {
          const controller = new AbortController()
          const { body } = await fetch(url, { signal: controller.signal })
          const reader = body.getReader()
          await reader.read()
          await new Promise((resolve) => setTimeout(resolve, 300))
          if (how === 'abort') controller.abort()
          else await reader.cancel()
        },
        { url, how },
      )
      const endedAt = performance.now()
      await delay(9000)
      const ms = closedAt[id] - endedAt
      return [name, !(id in closedAt) ? 'open after 9 s' : ms < 1000 ? 'closed at once' : `closed after ${Math.round(ms / 1000)} s`]
    }),
  )
  return [agent, Object.fromEntries(row)]
}
const seen = Object.fromEntries(await Promise.all(agents.map(run)))
await browser.close()
console.table(seen)

const [whileTokens, inSilence, aborted] = ways.map(({ name }) => agents.map((agent) => seen[agent][name]))
const isAsExpected =
  whileTokens.join() === 'closed at once,closed at once,open after 9 s,open after 9 s,open after 9 s' &&
  inSilence.join() === whileTokens.join() &&
  aborted.every((outcome) => outcome === 'closed at once')
process.exit(isAsExpected ? 0 : 1)
JS
timeout 80 node run.mjs
