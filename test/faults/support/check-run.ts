import { isDeepStrictEqual } from 'node:util'
import type { Expected } from './expected.ts'
import { readEvents } from './reading.ts'
import type { Plan } from './plan.ts'
import type { RunRecord } from './run-plan.ts'

/** What is wrong with a run, in words; nothing if it went as it should. */
export function checkRun(plan: Plan, run: RunRecord, expected: Expected): string[] {
  const { result, callbacks, seen } = run
  const complaints: string[] = []
  const expectSame = (what: string, actual: unknown, wanted: unknown) => {
    if (isDeepStrictEqual(actual, wanted)) return
    complaints.push(`${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(wanted)}`)
  }

  expectSame('status', result.status, expected.status)
  expectSame('text', result.text, expected.text)
  expectSame('kind', result.error?.kind, expected.kind)
  expectSame('phase', result.error?.phase, expected.phase)
  if (expected.kind !== 'api') expectSame('HTTP status', result.error?.status, expected.httpStatus)
  if (expected.retryAfter && !expected.retryAfter(result.error?.retryAfter)) {
    complaints.push(`retryAfter is ${String(result.error?.retryAfter)}`)
  }
  if (expected.status !== 'error' || expected.kind !== 'http') {
    expectSame(
      'finish reason',
      result.rawFinishReason && result.finishReason,
      expected.finishReason,
    )
  }
  expectSame(
    'events',
    seen,
    expected.status === 'aborted' ? expected.events.slice(0, seen.length) : expected.events,
  )
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
  checkPublished(plan, run, complaints)
  if (run.next) {
    const { text } = readEvents(plan.script.events.map(({ text: event }) => dataOf(event)))
    expectSame('text of the next run', run.next.text, text)
  }
  return complaints
}

function wantedCallbacks({ result, next }: RunRecord): string[] {
  return [result, next].flatMap((state) =>
    !state ? [] : state.status === 'error' ? ['error', 'finish'] : ['finish'],
  )
}

/** What was shown: growing text, and one settled state at the end. */
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

function dataOf(event: string): string {
  return /^data: (.*)$/m.exec(event.replaceAll('\r', '\n'))?.[1] ?? ''
}
