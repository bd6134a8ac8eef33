import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { buildIfStale } from './package/build-if-stale.mjs'
import { everyByte, randomCutting, seededRandom, streamOf } from './check-wire/cuttings.mjs'
import { describeDifference, differences } from './check-wire/differences.mjs'
import { findUnpaired, readRecordings } from './check-wire/recordings.mjs'

const usage = `Usage: npm run check:wire -- DIR [--seed NUMBER] [--cuttings NUMBER]

Reads every recording in DIR (NAME.sse, NAME.ndjson or NAME.json, each with its NAME.expect.json)
with the built package: whole, byte by byte, and cut at random places.

  --seed NUMBER      repeats the random cuttings of an earlier run
  --cuttings NUMBER  how many random cuttings of each recording (default 200)`

const root = fileURLToPath(new URL('..', import.meta.url))
const core = fileURLToPath(new URL('../dist/core.js', import.meta.url))

/** Formats of recordings that are not detected automatically, with the names of their exports. */
const dialects = new Map([['ai-sdk-ui', 'aiSdkUi']])

async function main() {
  const { directory, seed, cuttings } = readArguments()
  const recordings = await readRecordings(directory).catch(({ message }) =>
    fail(`The folder cannot be read: ${message}`),
  )
  if (recordings.length === 0) {
    fail(`No recording found in ${directory}: it contains no NAME.sse, NAME.ndjson or NAME.json with a
NAME.expect.json next to it.`)
  }
  const unpaired = await findUnpaired(directory)
  await buildIfStale(root, core)
  const exports = await import(pathToFileURL(core).href)

  console.log(`${cuttings} random cuttings of each recording, seed ${seed}`)
  const count = { passed: 0, failed: 0 }
  for (const file of unpaired) {
    count.failed++
    console.log(`FAIL ${file}\n    the other file of the pair is missing`)
  }
  for (const recording of recordings) {
    const failure = await check(recording, exports, seed, cuttings)
    count[failure ? 'failed' : 'passed']++
    console.log(failure ? `FAIL ${recording.file}\n${failure}` : `ok   ${recording.file}`)
  }
  console.log(`${count.passed} passed, ${count.failed} failed`)
  process.exitCode = count.failed > 0 ? 1 : 0
}

/** Reads a recording in every way. Returns the differences of the first way that has any. */
async function check({ body, contentType, expected }, exports, seed, cuttings) {
  const dialect = dialects.get(expected.format)
  const asked = dialect && { format: exports[dialect] }
  for (const { name, chunks, options } of waysToRead(body, expected, seed, cuttings)) {
    const response = new Response(streamOf(chunks), { headers: { 'content-type': contentType } })
    const state = await exports.readCompletion(response, asked ?? options).result
    const found = differences(expected, state)
    if (found.length > 0) {
      return indent(`read ${name}:\n${found.map(describeDifference).join('\n')}`)
    }
  }
  return undefined
}

function* waysToRead(body, expected, seed, cuttings) {
  yield { name: 'whole', chunks: [body] }
  const format = expected.inner ?? expected.format
  yield { name: `whole, as '${format}'`, chunks: [body], options: { format } }
  yield { name: 'byte by byte', chunks: everyByte(body) }
  const random = seededRandom(seed)
  for (let cutting = 1; cutting <= cuttings; cutting++) {
    const chunks = randomCutting(body, random)
    yield { name: `in random cutting ${cutting} (${chunks.length} pieces, seed ${seed})`, chunks }
  }
}

function readArguments() {
  let parsed
  try {
    parsed = parseArgs({
      allowPositionals: true,
      options: { seed: { type: 'string' }, cuttings: { type: 'string' } },
    })
  } catch (error) {
    fail(`${error.message}\n\n${usage}`)
  }
  const { positionals, values } = parsed
  if (positionals.length !== 1) fail(usage)
  return {
    directory: positionals[0],
    seed: numberOf('seed', values.seed) ?? Math.floor(Math.random() * 2 ** 32),
    cuttings: numberOf('cuttings', values.cuttings) ?? 200,
  }
}

function numberOf(name, text) {
  if (text === undefined) return undefined
  if (!/^\d+$/.test(text)) fail(`--${name} takes a whole number, not '${text}'.\n\n${usage}`)
  return Number(text)
}

function indent(text) {
  return text.replace(/^/gm, '    ')
}

function fail(message) {
  console.error(message)
  process.exit(1)
}

await main()
