import type { CompletionErrorKind } from '../../../src/core.ts'
import type { FaultExchange } from '../../support/fault-proxy-script.ts'
import { eventDataOf, readDelivered } from './delivered.ts'
import type { Plan } from './plan.ts'
import { readEvents } from './reading.ts'

/** What a run must come to, given what was delivered to it and what the user did. */
export interface Expected {
  readonly status: 'complete' | 'aborted' | 'error'
  readonly text: string
  readonly finishReason?: string | undefined
  readonly kind?: CompletionErrorKind
  readonly phase?: 'connect' | 'body' | undefined
  readonly httpStatus?: number | undefined
  readonly retryAfter?: (value: number | undefined) => boolean
  /** The data of the events that the client must have seen, in order. */
  readonly events: readonly string[]
}

/** What the user's abort found: how many events had taken effect. */
export interface AbortSeen {
  readonly appliedEvents: number
}

/** The outcome that the bytes imply, and the way in which they ended. */
export function expectedOutcome(
  plan: Plan,
  exchanges: readonly FaultExchange[],
  abort: AbortSeen | undefined,
): Expected {
  const last = exchanges.at(-1)
  if (abort) {
    const events = last ? deliveredEvents(last) : []
    const { text, finishReason } = readEvents(events.slice(0, abort.appliedEvents))
    return { status: 'aborted', text, finishReason, events }
  }
  if (!last) throw new Error('the run has settled without an abort and without a request')
  return outcomeOf(plan, last)
}

export function deliveredEvents(exchange: FaultExchange): string[] {
  const { status, body, end } = readDelivered(exchange)
  return status === 200 && !body.startsWith('<') ? eventDataOf(body, end === 'clean') : []
}

function outcomeOf({ limits = {} }: Plan, exchange: FaultExchange): Expected {
  const { status, headers, body, end } = readDelivered(exchange)
  const failed = { status: 'error', text: '', events: [] } as const
  if (status === undefined) return { ...failed, kind: 'network', phase: 'connect' }
  if (status !== 200) {
    return { ...failed, kind: 'http', httpStatus: status, retryAfter: retryAfterIn(headers) }
  }
  if (body.startsWith('<')) return { ...failed, kind: 'protocol' }

  const delivered = eventDataOf(body, end === 'clean')
  const { textLength = Infinity, eventBytes = Infinity } = limits
  const { text, finishReason, count, ended, mayEnd } = readEvents(delivered, textLength)
  const read = { text, finishReason, events: delivered.slice(0, count) }
  const error = { ...read, status: 'error' } as const
  if (ended === 'api') return { ...error, kind: 'api' }
  if (ended === 'complete') return { ...read, status: 'complete' }
  if (text.length > textLength || longestLine(body) > eventBytes) return { ...error, kind: 'limit' }
  if (end === 'clean') {
    return mayEnd ? { ...read, status: 'complete' } : { ...error, kind: 'truncated' }
  }
  if (end === 'broken') return { ...error, kind: 'network', phase: 'body' }
  throw new Error('the run has settled although nothing has ended it')
}

function longestLine(text: string): number {
  return Math.max(...text.split(/\r\n|\r|\n/).map((line) => line.length))
}

function retryAfterIn(
  headers: ReadonlyMap<string, string>,
): (value: number | undefined) => boolean {
  if (headers.has('retry-after-ms')) return (value) => value === 250
  const header = headers.get('retry-after')
  if (header === undefined) return (value) => value === undefined
  if (header === '7') return (value) => value === 7000
  const date = Date.UTC(2038, 0, 1)
  return (value) => Math.abs(date - Date.now() - (value ?? 0)) < 60_000
}
