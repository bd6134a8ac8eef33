import { beforeAll, describe, expect, test } from 'vitest'
import { engineName, engineOfThisRun } from './support/engine.ts'
import { visit, wholeText, type Visit } from './support/visit.ts'

const isIn = (other: string) => engineName === other

const until = isIn('firefox') ? (['loaded again'] as const) : (['restored', 'settled'] as const)
const events = ({ reports }: Visit) => reports.map(({ event }) => event)
const settled = ({ reports }: Visit) => reports.find(({ event }) => event === 'settled')
const finishes = ({ reports }: Visit) => reports.filter(({ event }) => event === 'finish')

const engine = await engineOfThisRun()
/** Playwright's builds of Firefox and WebKit do not open a page without being driven. */
const opensPages = engine.kind === 'system' || isIn('chromium')

describe.skipIf(!opensPages).each([
  { says: 'at once', slow: 0 },
  { says: 'for a page that takes a second to answer', slow: 1000 },
])('a page that is left in mid-stream, $says, and shown again', ({ slow }) => {
  let seen: Visit

  beforeAll(async () => {
    seen = await visit(engine, { slow, until })
  }, 60_000)

  test('shows no error during the navigation', () => {
    expect(finishes(seen).filter((finish) => 'left' in finish && !finish.left)).toEqual([])
  })

  test.runIf(isIn('chromium'))('is kept with its stream, which runs on to the end', () => {
    expect(events(seen)).toContain('restored')
    expect(settled(seen)).toMatchObject({ status: 'complete', text: wholeText, attempt: 1 })
    expect(seen.wasClosed).toBe(false)
  })

  test.runIf(isIn('firefox'))('is loaded again, and its stream was closed', () => {
    expect(events(seen)).toEqual(['loaded again'])
    expect(seen.wasClosed).toBe(true)
  })

  test.runIf(isIn('webkit'))('is kept without its stream, and says so when it is back', () => {
    expect(events(seen)).toContain('restored')
    expect(settled(seen)).toMatchObject({ status: 'error', kind: 'network', text: 'token 0 ' })
    expect(seen.wasClosed).toBe(true)
  })
})

test.runIf(opensPages && isIn('webkit'))(
  'a page that is returned to goes on from where its stream was closed, if it may resume',
  async () => {
    const seen = await visit(engine, { resume: true, until })
    expect(settled(seen)).toMatchObject({ status: 'complete', text: wholeText, attempt: 2 })
    expect(seen.resumedFrom).toEqual(['0'])
  },
  60_000,
)

test.runIf(opensPages)(
  'a page that starts a download shows no error before it is certain that it stays',
  async () => {
    const seen = await visit(engine, { download: true, until: ['settled'] })
    const complete = { status: 'complete', text: wholeText }
    const broken = { status: 'error', kind: 'network', text: 'token 0 ' }
    expect(settled(seen)).toMatchObject(isIn('chromium') ? complete : broken)
    expect(seen.wasClosed).toBe(!isIn('chromium'))
  },
  60_000,
)
