import type { ConnectionArgs } from './connection-args.ts'

/** A piece of a body after a disturbance. */
export interface Disturbed {
  /** The pieces to send now, one write each. */
  readonly pieces: readonly (string | Uint8Array)[]
  /** What follows: the connection breaks, stalls or ends. Nothing more is sent. */
  readonly end?: 'cut' | 'stall' | 'close' | undefined
}

/** Forwards the text of an event stream piece by piece. */
export interface Disturbance {
  push: (text: string) => Disturbed
  /** The stream has ended: returns the rest. */
  end: () => Disturbed
}

/** The number of deltas before a fault, so that there is text to keep. */
const deltasBeforeFault = 24

/** Matches deltas that the user sees; reasoning does not count. */
const carriesDelta =
  /"response\.(?:output_text|refusal|function_call_arguments)\.delta"|"delta":\{"(?:content|refusal|tool_calls)"/
/** Matches end events: a fault must happen before them. */
const isProperEnd =
  /"type":"response\.(?:completed|incomplete|failed)"|"finish_reason":"|^data: \[DONE\]/m

/**
 * Cuts a stream as the controls ask for, and adds the fault in the middle, or before the end of a short
 * stream. A stream that continues another may reach its end.
 */
export function createDisturbance(
  { chunking, fault }: Pick<ConnectionArgs, 'chunking' | 'fault'>,
  api: 'responses' | 'chat',
  isContinued = false,
): Disturbance {
  const ending = endings[fault]
  let held = ''
  let deltas = 0

  /** The complete events of the text, up to the fault, if there is one. */
  function take(text: string): { events: readonly string[]; isFaulty: boolean } {
    held += text
    const events: string[] = []
    for (;;) {
      const length = held.indexOf('\n\n') + 2
      if (length === 1) return { events, isFaulty: false }
      const event = held.slice(0, length)
      const isLastChance = !isContinued && isProperEnd.test(event)
      if (ending && (deltas >= deltasBeforeFault || isLastChance)) {
        return { events, isFaulty: true }
      }
      held = held.slice(length)
      events.push(event)
      if (carriesDelta.test(event)) deltas += 1
    }
  }

  if (chunking === 'all at once') {
    const kept: string[] = []
    return {
      push(text) {
        const { events, isFaulty } = take(text)
        kept.push(...events)
        return isFaulty ? fail([kept.join('')]) : { pieces: [] }
      },
      end: () => ({ pieces: [kept.join('') + held] }),
    }
  }

  function fail(pieces: readonly (string | Uint8Array)[]): Disturbed {
    return ending === 'error'
      ? { pieces: [...pieces, errors[api]], end: 'close' }
      : { pieces, end: ending }
  }

  return {
    push(text) {
      const { events, isFaulty } = take(text)
      const pieces = cut(events, chunking)
      return isFaulty ? fail(pieces) : { pieces }
    },
    end: () => ({ pieces: held === '' ? [] : [held] }),
  }
}

const endings: Partial<Record<ConnectionArgs['fault'], 'cut' | 'stall' | 'error'>> = {
  cut: 'cut',
  stall: 'stall',
  'provider error': 'error',
}

const message = 'The model stopped in the middle of the answer.'

/** The error events of each API. */
const errors = {
  responses: `event: error\ndata: ${JSON.stringify({ type: 'error', code: 'server_error', message, param: null })}\n\n`,
  chat: `data: ${JSON.stringify({ error: { message, type: 'server_error', param: null, code: null } })}\n\n`,
}

function cut(
  events: readonly string[],
  chunking: ConnectionArgs['chunking'],
): readonly (string | Uint8Array)[] {
  if (chunking === 'one event' || events.length === 0) return events
  const text = events.join('')
  if (chunking !== 'one byte') return [text]
  const bytes = new TextEncoder().encode(text)
  return Array.from(bytes, (_, index) => bytes.subarray(index, index + 1))
}
