import type { ConnectionArgs } from './connection-args.ts'

/** An answer that is not a stream. */
export interface Refusal {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const json = { 'content-type': 'application/json' }

const refusals: Partial<Record<ConnectionArgs['fault'], Refusal>> = {
  'HTTP 500': {
    status: 500,
    headers: json,
    body: errorBody('Something went wrong on this side.', 'server_error', null),
  },
  'rate limit': {
    status: 429,
    headers: { ...json, 'retry-after': '2' },
    body: errorBody('Too many requests. Try again in 2s.', 'requests', 'rate_limit_exceeded'),
  },
  'login page': {
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: '<!doctype html><html lang="en"><title>Sign in</title><h1>Sign in to continue</h1></html>',
  },
}

/** The response of a fault that replaces the stream; `undefined` for other faults. */
export function refusalOf(fault: ConnectionArgs['fault']): Refusal | undefined {
  return refusals[fault]
}

function errorBody(message: string, type: string, code: string | null): string {
  return JSON.stringify({ error: { message, type, param: null, code } })
}
