/**
 * Runs every producer on every scenario and writes the results into a folder: one file per producer, with the
 * bodies as lists of lines. Runs inside the folder where record-producers.mjs has installed the packages.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scenarios } from './scenarios.mjs'
import { startUpstream } from './upstream.mjs'

const [out, only = ''] = process.argv.slice(2)

// The same recording every time.
let seed = 1
Math.random = () => (seed = (seed * 48271) % 2147483647) / 2147483647
const now = 1_764_417_600_000
globalThis.Date = class extends Date {
  constructor(...parts) {
    super(...(parts.length > 0 ? parts : [now]))
  }
  static now() {
    return now
  }
}
crypto.randomUUID = () =>
  `00000000-0000-4000-8000-${Math.floor(Math.random() * 1e12)
    .toString()
    .padStart(12, '0')}`

const files = ['ai-sdk', 'tanstack-ai', 'ag-ui', 'provider-sdks']
const modules = await Promise.all(files.map((file) => import(`./${file}.mjs`)))
const producers = modules.flatMap((module) => module.producers)

for (const producer of producers) {
  const { name, about, packages, format, only: itsOwn, skip = [] } = producer
  if (!name.includes(only)) continue
  const recordings = []
  for (const [scenarioName, scenario] of Object.entries(scenarios)) {
    if (skip.includes(scenarioName) || (itsOwn && !itsOwn.includes(scenarioName))) continue
    seed = 1
    recordings.push(await record(producer, scenarioName, scenario))
  }
  const versions = Object.fromEntries(packages.map((name) => [name, versionOf(name)]))
  const file = JSON.stringify({ about, versions, format, recordings }, null, 2)
  writeFileSync(join(out, `${name}.json`), `${file}\n`)
}
// Some clients keep their connections open.
process.exit()

async function record(producer, scenarioName, scenario) {
  const upstream = await startUpstream(scenario)
  const abortController = new AbortController()
  const { signal } = abortController
  const { body, ...response } = await readWhole(
    () => producer.respond({ url: upstream.url, scenario, signal, abortController }),
    // The server aborts as soon as it has forwarded the second piece of the text.
    (text) => {
      if (scenario.aborts && text.includes('is at')) abortController.abort()
    },
  )
  upstream.close()
  console.log(`${producer.name}, ${scenarioName}: ${body.length} bytes`)
  return {
    scenario: scenarioName,
    about: scenario.about,
    ...response,
    expect: expectationOf(producer.expect?.[scenarioName] ?? scenario.expect, response.brokeWith),
    body: body.split('\n'),
  }
}

/** Whatever breaks a body on the server, the browser sees a broken connection. */
function expectationOf(expected, brokeWith) {
  if (brokeWith === undefined) return expected
  const { text, toolCalls } = expected
  return { status: 'error', kind: 'network', text, toolCalls }
}

/** Reads a response until it ends or breaks, for at most three seconds without data. */
async function readWhole(respond, onText) {
  const decoder = new TextDecoder()
  let body = ''
  let response
  try {
    response = await respond()
    const reader = response.body.getReader()
    const late = new Promise((_, reject) =>
      setTimeout(() => reject(new Error('nothing more within 3 s')), 3000).unref(),
    )
    for (;;) {
      const { done, value } = await Promise.race([reader.read(), late])
      if (done) break
      body += typeof value === 'string' ? value : decoder.decode(value, { stream: true })
      onText(body)
    }
    return { ...headOf(response), body }
  } catch (error) {
    return { ...headOf(response), body, brokeWith: `${error.name}: ${error.message}`.slice(0, 200) }
  }
}

function headOf(response) {
  const contentType = response?.headers.get('content-type') ?? 'text/event-stream'
  return { status: response?.status ?? 200, contentType: contentType.split(';')[0] }
}

function versionOf(name) {
  return JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')).version
}
