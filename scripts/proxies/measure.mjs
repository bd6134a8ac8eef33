/** The measurements of a setup, in a page of the host’s own origin. */
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { commentInterval, tokens } from './upstream.mjs'

const count = 40
const text = tokens(count).join('')
const abortAfter = 900
/** How long to wait before something counts as “never”, in milliseconds. */
const patience = 3000

/** A stream that is much longer than the time until the abort. */
const long = { tokens: '200' }
/** A stream that falls silent before the abort, and stays open. */
const silent = { tokens: '200', silentAfter: '5' }
/** A stream whose upstream breaks in the middle. */
const cut = { tokens: '200', cutAfter: '5' }
/** A stream whose upstream does not send response headers. */
const waiting = { tokens: '200', waits: '' }

async function run(page, upstream, { path, query }, parameters, options = {}) {
  const id = randomUUID()
  const url = `${path}stream?${new URLSearchParams({ id, ...parameters })}${query ? `&${query}` : ''}`
  const seen = await page.evaluate(
    ([address, settings]) => globalThis.run(address, settings),
    [url, options],
  )
  return { seen, record: upstream.records.get(id) }
}

/** Milliseconds from the page's abort until the upstream detects it; undefined if it never does. */
async function abortDelay(page, upstream, setup, parameters) {
  const { seen, record } = await run(page, upstream, setup, parameters, { abortAfter })
  if (seen.abortedAt === undefined || !record) return { seen, after: undefined }
  const until = Date.now() + patience
  while (record.closedAt === undefined && Date.now() < until) await delay(10)
  if (record.closedAt === undefined || record.finished) return { seen, after: undefined }
  return { seen, after: Math.max(0, record.closedAt - seen.abortedAt) }
}

/** The error kind that a page sees when the upstream breaks, or `nothing`. */
async function cutOutcome(page, upstream, setup) {
  const { seen } = await run(page, upstream, setup, cut, { idle: patience })
  return seen.kind === 'timeout' ? 'nothing' : (seen.kind ?? seen.status)
}

export async function measureSetup(page, upstream, setup) {
  const { seen, record } = await run(page, upstream, setup, { tokens: String(count) })
  // One after the other: some hosts end the next stream along with one that was aborted.
  const streaming = await abortDelay(page, upstream, setup, long)
  const silence = await abortDelay(page, upstream, setup, silent)
  const waits = await abortDelay(page, upstream, setup, waiting)
  const cutIs = await cutOutcome(page, upstream, setup)
  const lateBy =
    seen.firstToken === undefined ? undefined : seen.firstToken - record.firstTokenAfter
  const streams = seen.reads >= count / 2 && lateBy < 500
  const result = { setup, seen, lateBy, streams, streaming, silence, waits, cutIs }
  return { ...result, problems: problemsOf(result) }
}

function problemsOf({ setup, seen, streams, streaming, silence, waits, cutIs }) {
  const problems = []
  const expect = (holds, what) => {
    if (!holds) problems.push(what)
  }
  const expectIs = (wanted, is, yes, no) => {
    if (wanted !== undefined) expect(is === wanted, wanted ? no : yes)
  }
  const { recommended } = setup
  expect(seen.status === 'complete', `settled as ${seen.status} (${seen.error ?? 'no error'})`)
  expect(seen.text === text, `the text is not the one that was sent (${seen.text.length} of it)`)
  for (const { seen: aborted } of recommended ? [streaming, silence, waits] : []) {
    const { status, error } = aborted
    expect(status === 'aborted', `an abort settled as ${status} (${error ?? 'no error'})`)
  }
  const gzip = seen.encoding === 'gzip'
  expectIs(setup.gzip, gzip, 'is compressed', 'is not compressed')
  expectIs(setup.streams ?? recommended, streams, 'streams', 'does not stream')
  const isHeard = ({ after }) => after <= 1000
  const passedOn = [`forwards an abort`, `does not forward an abort`]
  expectIs(setup.aborts ?? recommended, isHeard(streaming), ...passedOn)
  const inSilence = passedOn.map((what) => `${what} in a silence`)
  expectIs(setup.silentAborts ?? recommended, isHeard(silence), ...inSilence)
  const early = passedOn.map((what) => `${what} before the response`)
  expectIs(setup.waitingAborts, isHeard(waits), ...early)
  const cutAs = setup.cut ?? (recommended ? 'network' : undefined)
  if (cutAs) expect(cutIs === cutAs, `a cut upstream is seen as ${cutIs}`)
  return problems
}

/** Comments in a silence: the stream outlasts the host’s timeout, and an abort is detected. */
export async function measureComments(page, upstream, path) {
  const parameters = { tokens: String(count), silentAfter: '5', comments: '' }
  const { seen } = await run(page, upstream, { path }, parameters)
  const { seen: aborted, after } = await abortDelay(page, upstream, { path }, parameters)
  const problems = []
  if (seen.status !== 'complete' || seen.text !== text) {
    const outcome = `${seen.status} (${seen.error ?? 'no error'})`
    problems.push(`comments did not keep a stream alive: ${outcome}`)
  }
  // One more comment may be sent before the closed connection is detected.
  if (!(after <= 2 * commentInterval + 500)) {
    problems.push(`an abort between comments was detected after: ${after} (${aborted.status})`)
  }
  return { after, problems }
}

/** What a page sees when a host times out a silent upstream. */
export async function measureTimeout(page, upstream, path) {
  const startedAt = Date.now()
  const { seen } = await run(page, upstream, { path }, silent, { idle: 20_000 })
  const isTold = ['network', 'truncated'].includes(seen.kind) && seen.text !== ''
  const problems = isTold
    ? []
    : [`a timeout settled as ${seen.status} (${seen.kind ?? 'no error'})`]
  return { seen, after: Date.now() - startedAt, problems }
}
