import { isDeepStrictEqual } from 'node:util'
import type { SettledState } from '../../../src/core.ts'
import { readDelivered } from './delivered.ts'
import { followExchanges, type Expected } from './expected.ts'
import { readEvents } from './reading.ts'
import type { Plan } from './plan.ts'
import type { RunRecord } from './run-plan.ts'

/** Describes everything that is wrong with a run; empty if the run is correct. */
export function checkRun(plan: Plan, run: RunRecord): string[] {
  const { result, callbacks, seen, exchanges, abort } = run
  const course = followExchanges(plan, exchanges)
  const complaints: string[] = []
  const expectSame = (what: string, actual: unknown, wanted: unknown) => {
    if (isDeepStrictEqual(actual, wanted)) return
    complaints.push(`${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(wanted)}`)
  }

  const applied = (count: number) =>
    readEvents(course.seen.slice(course.givenUp, count), plan.limits?.textLength)
  const expected: Expected | undefined = abort
    ? { status: 'aborted', ...applied(abort.appliedEvents) }
    : course.outcome
  if (!expected) return ['the run has settled although nothing has ended it']

  // On a slow machine, a short timeout may expire before all data has been read.
  const isEarly = expected.timeout === 'total' || expected.timeout === 'firstToken'
  expectSame('status', result.status, expected.status)
  expectSame('text', result.text, isEarly ? applied(seen.length).text : expected.text)
  expectSame('kind', result.error?.kind, expected.kind)
  expectSame('phase', result.error?.phase, expected.phase)
  expectSame('timeout', result.error?.timeout, expected.timeout)
  if (expected.kind !== 'api') expectSame('HTTP status', result.error?.status, expected.httpStatus)
  if (expected.body && !isBody(result, expected.body)) {
    complaints.push(`the body of the error: ${String(result.error?.body).slice(0, 100)}`)
  }
  if (Math.abs((result.error?.retryAfter ?? 0) - (expected.retryAfter ?? 0)) > 60_000) {
    complaints.push(`retryAfter is ${String(result.error?.retryAfter)}`)
  }
  if (!isEarly) expectSame('finish reason', result.finishReason, expected.finishReason)
  expectSame('events', seen, abort || isEarly ? course.seen.slice(0, seen.length) : course.seen)
  expectSame(
    'callbacks',
    callbacks.map(([name]) => name),
    wantedCallbacks(run),
  )
  expectSame(
    'result of onFinish',
    callbacks.find(([name]) => name === 'finish')?.[1] === result,
    true,
  )
  if (!abort) complaints.push(...course.complaints)
  if (exchanges.length > 0 && !abort) expectSame('attempt', result.attempt, exchanges.length)
  checkWaits(run, complaints)
  checkPublished(plan, run, complaints)
  checkWhole(plan, run, complaints)
  if (run.next) {
    const { text } = readEvents(plan.script.events.map(({ text: event }) => dataOf(event)))
    expectSame('text of the next run', run.next.text, text)
  }
  return complaints
}

/** The body of an error is awaited for this many milliseconds. */
const bodyPatience = 5000

/** Whether the body of an error equals the sent data: as JSON if it is complete, otherwise as text. */
function isBody(
  { error, timing }: SettledState,
  { text, isSure }: NonNullable<Expected['body']>,
): boolean {
  const body = error?.body
  if (typeof body === 'object') return JSON.stringify(body) === text
  // A character that was cut in two appears as a replacement character.
  const found = typeof body === 'string' ? body.replace(/\ufffd$/, '') : ''
  const isInTime = (timing.settledAt ?? Infinity) - (timing.responseAt ?? 0) < bodyPatience
  return isSure && isInTime ? found === text && !isJson(text) : text.startsWith(found)
}

/** Checks that the text is a prefix of the origin's, even if events were repeated or renumbered. */
function checkWhole({ script }: Plan, { result, published }: RunRecord, complaints: string[]) {
  const { text } = readEvents(script.events.map(({ text: event }) => dataOf(event)))
  for (const state of [...published, result]) {
    if (state.status === 'complete' ? state.text === text : text.startsWith(state.text)) continue
    complaints.push(
      `the text is ${JSON.stringify(state.text)}; all of it is ${JSON.stringify(text)}`,
    )
    return
  }
}

/** Checks that no request is sent before the time that the server asked for. */
function checkWaits({ exchanges }: RunRecord, complaints: string[]) {
  for (const [index, { at }] of exchanges.entries()) {
    const before = exchanges[index - 1]
    const asked = before && readDelivered(before).headers.get('retry-after-ms')
    if (before && asked && at - before.at < Number(asked) - 2) {
      complaints.push(`asked again after ${at - before.at} ms instead of ${asked}`)
    }
  }
}

function wantedCallbacks({ result, next }: RunRecord): string[] {
  return [result, next].flatMap((state) =>
    !state ? [] : state.status === 'error' ? ['error', 'finish'] : ['finish'],
  )
}

/** Checks the published states: growing text, and one settled state at the end. */
function checkPublished({ abort }: Plan, run: RunRecord, complaints: string[]) {
  const { published, result, finalState, next } = run
  for (const [index, state] of published.entries()) {
    const before = published[index - 1]
    if (before && state.status !== 'idle' && !state.text.startsWith(before.text)) {
      complaints.push(
        `the text went from ${JSON.stringify(before.text)} to ${JSON.stringify(state.text)}`,
      )
    }
  }
  const isElsewhere = run.abort && abort?.how !== 'abort'
  const shown = next ?? (isElsewhere ? undefined : result)
  if (shown && finalState !== shown)
    complaints.push(`the state is not the result: ${finalState.status}`)
  if (!shown && finalState.status !== 'idle')
    complaints.push(`the state after a reset is ${finalState.status}`)
  const settled = published.filter((state) => state === result).length
  if (settled !== (isElsewhere ? 0 : 1))
    complaints.push(`the settled state was published ${settled} times`)
}

function isJson(text: string): boolean {
  try {
    return JSON.parse(text) !== undefined
  } catch {
    return false
  }
}

function dataOf(event: string): string {
  return /^data: (.*)$/m.exec(event.replaceAll('\r', '\n'))?.[1] ?? ''
}
