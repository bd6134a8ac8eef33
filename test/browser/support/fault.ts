import { inject, onTestFinished } from 'vitest'
import type { ClosedConnection, FaultStep, ReceivedRequest } from '../../support/fault-steps.ts'

/** A response of the fault server, as one test sees it from the page. */
export interface Fault {
  /** Where the component under test sends its request. */
  readonly url: string
  /** Continues the response. */
  perform(...steps: FaultStep[]): Promise<void>
  /** Whether a request has arrived. */
  isRequested(): Promise<boolean>
  /** The request, as soon as it has arrived. */
  requested(): Promise<ReceivedRequest>
  /** Who closed the connection, as soon as it is closed. */
  closed(): Promise<ClosedConnection>
}

/** Prepares a response that begins with `steps`. It stays open until the test ends it. */
export async function prepareFault(...steps: FaultStep[]): Promise<Fault> {
  const url = `${inject('faultServer')}/streams/${crypto.randomUUID()}`

  async function ask(control: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${url}/${control}`, {
      method: body === undefined ? 'GET' : 'POST',
      cache: 'no-store',
      // A string body is sent as plain text, which needs no preflight.
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return response.json()
  }

  onTestFinished(async () => {
    await ask('forget', {})
  })
  await ask('steps', steps)
  return {
    url,
    perform: async (...further) => {
      await ask('steps', further)
    },
    isRequested: async () => (await ask('received')) as boolean,
    requested: async () => (await ask('request')) as ReceivedRequest,
    closed: async () => (await ask('closed')) as ClosedConnection,
  }
}

const sse = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' }

/** The headers of a response, in one step. */
export function head(status = 200, headers: Record<string, string> = sse): FaultStep {
  return { head: { status, headers } }
}

export function write(...pieces: string[]): FaultStep {
  return { write: pieces.join('') }
}

export const end: FaultStep = { end: true }

export const cut: FaultStep = { cut: true }

export const reset: FaultStep = { reset: true }
