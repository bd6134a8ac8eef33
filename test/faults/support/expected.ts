import type { CompletionErrorKind, TimeoutName } from '../../../src/core.ts'
import type { FaultExchange } from '../../support/fault-proxy-script.ts'
import { readDelivered, readEventStream, type Delivered, type StreamEvent } from './delivered.ts'
import { hasPlace, placeEvents } from './place-events.ts'
import type { Plan } from './plan.ts'
import { readEvents, type Reading } from './reading.ts'

/** The expected outcome of a run, from the delivered data and the user's actions. */
export interface Expected {
  readonly status: 'complete' | 'aborted' | 'error'
  readonly text: string
  readonly finishReason?: string | undefined
  readonly kind?: CompletionErrorKind
  readonly phase?: 'connect' | 'body' | undefined
  readonly timeout?: TimeoutName | undefined
  readonly httpStatus?: number | undefined
  readonly retryAfter?: number | undefined
  /** For an error with a status: the part of its body that an error keeps, and whether all of it must be there. */
  readonly body?: { readonly text: string; readonly isSure: boolean }
}

/** The expected course of a run, over all its requests. */
export interface Course {
  /** The data of the events that `onEvent` receives, in order, each once. */
  readonly seen: readonly string[]
  /** How many of them belong to requests whose answers were discarded. */
  readonly givenUp: number
  /** The outcome of the last request; `undefined` if nothing has ended it. */
  readonly outcome: Expected | undefined
  /** The problems of the requests: too many, too few, or wrong ones. */
  readonly complaints: readonly string[]
}

/** Derives the expected course from the bytes and the endings of a run's exchanges. */
export function followExchanges(plan: Plan, exchanges: readonly FaultExchange[]): Course {
  const seen: string[] = []
  const complaints: string[] = []
  let answer: StreamEvent[] = []
  let givenUp = 0
  let failures = 0
  // A request may take longer than a short timeout.
  let outcome = timeoutOf(plan, readEvents([]))

  for (const [index, exchange] of exchanges.entries()) {
    const isReopening = exchange.method === 'GET'
    if (isReopening) complaints.push(...wrongCursor(exchange, answer.findLast(hasPlace)))
    else if (exchange.body !== exchanges[0]?.body) complaints.push('another body was posted')
    if (!isReopening) {
      givenUp = seen.length
      answer = []
    }
    const delivered = readDelivered(exchange)
    const { fresh, isBroken, refused } = placeEvents(eventsIn(delivered), answer)
    const reading = readEvents(dataOf([...answer, ...fresh]), plan.limits?.textLength)
    const accepted = fresh.slice(0, reading.count - answer.length)
    answer.push(...accepted)
    const isOver = isBroken && reading.ended === undefined
    seen.push(...dataOf(accepted), ...(isOver && refused ? [refused.data] : []))
    failures = accepted.some(hasPlace) ? 0 : failures

    outcome = outcomeOf(plan, delivered, reading, isOver)
    const canReopen = !!plan.resume && isBreak(outcome, isReopening) && answer.some(hasPlace)
    const goesOn = canReopen
      ? failures++ < plan.resume.attempts
      : !isReopening && isTransient(plan, outcome, index + 1)
    const isLast = index === exchanges.length - 1
    if (goesOn && isLast) complaints.push('no further request was made')
    if (!goesOn && !isLast) complaints.push(`request ${index + 2} should not have been made`)
  }
  return { seen, givenUp, outcome, complaints }
}

const dataOf = (events: readonly StreamEvent[]) => events.map(({ data }) => data)

function eventsIn({ status, body, end }: Delivered): StreamEvent[] {
  return status === 200 && !body.startsWith('<') ? readEventStream(body, end === 'clean') : []
}

function wrongCursor({ target, headers }: FaultExchange, last: StreamEvent | undefined): string[] {
  const asked = new URL(target, 'http://proxy').searchParams.get('starting_after')
  const wanted = [last?.sequenceNumber?.toString() ?? null, last?.id]
  const got = [asked, headers['last-event-id']]
  return got.join() === wanted.join() ? [] : [`reopened after ${got.join()}, not ${wanted.join()}`]
}

function timeoutOf({ shortTimeout }: Plan, { text, finishReason }: Reading): Expected | undefined {
  const error = { status: 'error', text, finishReason } as const
  return shortTimeout && { ...error, kind: 'timeout', timeout: shortTimeout.name }
}

function outcomeOf(
  plan: Plan,
  { status, headers, body, end, isLossy }: Delivered,
  reading: Reading,
  isOver: boolean,
): Expected | undefined {
  const { text, finishReason, ended, mayEnd } = reading
  const error = { status: 'error', text, finishReason } as const
  const timeout = timeoutOf(plan, reading)
  if (status === undefined) {
    return end === 'open' ? timeout : { ...error, kind: 'network', phase: 'connect' }
  }
  if (status !== 200) {
    const kept = { text: beginning(body), isSure: !isLossy }
    const retryAfter = retryAfterIn(headers)
    return { ...error, kind: 'http', httpStatus: status, retryAfter, body: kept }
  }
  if (body.startsWith('<') || isOver) return { ...error, kind: 'protocol' }
  if (ended === 'api') return { ...error, kind: 'api' }
  if (ended === 'complete') return { ...error, status: 'complete' }
  const { textLength = Infinity, eventLength = Infinity } = plan.limits ?? {}
  if (text.length > textLength || longestLine(body) > eventLength)
    return { ...error, kind: 'limit' }
  if (end === 'open') return timeout
  if (end === 'broken') return { ...error, kind: 'network', phase: 'body' }
  return mayEnd ? { ...error, status: 'complete' } : { ...error, kind: 'truncated' }
}

/** No more of an error's body is read, however much there is. */
const beginning = (text: string) => text.slice(0, 65_536)

const repeatable = [408, 409, 425, 429, 500, 502, 503, 504]

/** Whether a stream is reopened after this outcome. */
function isBreak(outcome: Expected | undefined, isReopening: boolean): boolean {
  if (!outcome) return false
  const { kind, timeout, httpStatus = 0 } = outcome
  return (
    kind === 'network' ||
    kind === 'truncated' ||
    timeout === 'idle' ||
    timeout === 'response' ||
    (isReopening && repeatable.includes(httpStatus) && !waitsTooLong(outcome))
  )
}

/** Whether a request is retried after this outcome, provided that no content had arrived. */
function isTransient({ retry }: Plan, outcome: Expected | undefined, made: number): boolean {
  if (!retry || !outcome || outcome.text !== '' || made > retry.attempts) return false
  const { kind, phase, timeout, httpStatus = 0 } = outcome
  if (kind === 'http') return repeatable.includes(httpStatus) && !waitsTooLong(outcome)
  return phase === 'connect' || timeout === 'response' || timeout === 'firstToken'
}

/** The maximum delay of both retry and resume, in milliseconds. */
export const maxDelay = 300

const waitsTooLong = ({ retryAfter = 0 }: Expected) => retryAfter > maxDelay

function longestLine(text: string): number {
  return Math.max(...text.split(/\r\n|\r|\n/).map((line) => line.length))
}

function retryAfterIn(headers: ReadonlyMap<string, string>): number | undefined {
  const ms = headers.get('retry-after-ms')
  if (ms !== undefined) return Number(ms)
  const value = headers.get('retry-after')
  if (value === undefined) return undefined
  return /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now()
}
