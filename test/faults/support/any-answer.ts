import type { FaultAnswer, FaultEnding } from '../../support/fault-proxy-script.ts'
import type { Random } from './random.ts'

/** A valid answer, encoded and sent in any valid way. */
export function anyAnswer(random: Random): FaultAnswer {
  return {
    status: 200,
    headers: {
      'content-type': random.pick(['text/event-stream', 'text/event-stream; charset=utf-8']),
    },
    body: { from: 'origin' },
    framing: random.weighted({ chunked: 6, length: 1, close: 1 }),
    keepAlive: random.chance(0.8),
    gzip: random.chance(0.3),
    pieceLength: random.chance(0.6) ? 0 : random.int(1, 300),
    writeLength: random.chance(0.5) ? 0 : random.int(20, 400),
    trickle: random.chance(0.2) ? random.int(1, 150) : 0,
    pauses: random.chance(0.15)
      ? [
          { at: random.fraction(), ms: random.int(1, 6) },
          { at: random.fraction(), ms: 1 },
        ]
      : [],
    ending: finish,
  }
}

export const finish: FaultEnding = { how: 'finish', place: 'anywhere', pick: 0 }

function anyPlace(random: Random): Pick<FaultEnding, 'place' | 'pick'> {
  return {
    place: random.weighted({
      anywhere: 6,
      head: 2,
      body: 3,
      'chunk-header': 3,
      character: 4,
      'event-end': 4,
      'before-last-byte': 1,
    }),
    pick: random.fraction(),
  }
}

export const anyBreak = (random: Random): FaultEnding => ({
  how: random.pick(['close', 'reset']),
  ...anyPlace(random),
})

export const anyStall = (random: Random): FaultEnding => ({ how: 'stall', ...anyPlace(random) })

export const bodyStall = (random: Random): FaultEnding => ({
  ...anyStall(random),
  place: random.pick(['body', 'event-end']),
})

/** Sent at once, so that a timeout measures the silence after it. */
export const unpaced = { gzip: false, writeLength: 0, trickle: 0, pauses: [] } as const

export function anyHttpError(random: Random): Partial<FaultAnswer> {
  return {
    status: random.pick([
      400, 401, 403, 404, 408, 409, 413, 422, 425, 429, 500, 502, 503, 504, 524, 529,
    ]),
    ...anyErrorBody(random),
    pieceLength: random.pick([2000, 50_000]),
    writeLength: random.pick([0, 30_000]),
    ending: random.chance(0.3) ? anyBreak(random) : finish,
  }
}

function anyErrorBody(
  random: Random,
): Pick<FaultAnswer, 'body' | 'headers'> & Partial<FaultAnswer> {
  const retryAfter = random.pick<Record<string, string>>([
    {},
    { 'retry-after': '7' },
    { 'retry-after-ms': '250' },
    { 'retry-after': 'Fri, 01 Jan 2038 00:00:00 GMT' },
  ])
  const json = { 'content-type': 'application/json', ...retryAfter }
  const html = { 'content-type': 'text/html', ...retryAfter }
  const text = (value: string) => ({ from: 'text', text: value }) as const
  const error = { message: 'No luck today.', type: 'some_error', code: 'no_luck', param: null }
  return random.pick([
    { headers: json, body: text(JSON.stringify({ error })) },
    { headers: json, body: text(JSON.stringify({ detail: 'No luck today.' })) },
    { headers: html, body: text('<html><h1>Bad gateway</h1></html>') },
    { headers: html, body: text('') },
    { headers: json, body: text(`{"error":"${'é'.repeat(200_000)}"}`) },
    { headers: html, body: { from: 'endless', events: 0, text: '<p>more</p>' }, gzip: false },
  ])
}
