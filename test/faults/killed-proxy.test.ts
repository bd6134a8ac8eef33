import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createCompletion, resumable, type CompletionOptions } from '../../src/core.ts'
import { startFaultProxy, type FaultProxy } from '../support/fault-proxy.mjs'
import type { FaultAnswer, FaultExchange, FaultScript } from '../support/fault-proxy-script.ts'
import { originEvents, type OriginPlan } from './support/origin-stream.ts'
import { startResurrectingProxy, type ResurrectingProxy } from './support/resurrecting-proxy.ts'

const deltas = Array.from({ length: 30 }, (_, index) => `${index}: 雨の日 👩🏽‍🚀 — `)

const common = {
  deltas,
  ending: 'stop',
  marker: true,
  usage: true,
  lineEnd: '\n',
  commentEvery: 0,
} as const

const kinds: { what: string; plan: OriginPlan }[] = [
  { what: 'starting_after', plan: { ...common, format: 'openai-responses', ids: false } },
  { what: 'Last-Event-ID', plan: { ...common, format: 'openai-chat', ids: true } },
]

const whole: FaultAnswer = {
  status: 200,
  headers: { 'content-type': 'text/event-stream' },
  body: { from: 'origin' },
  framing: 'chunked',
  keepAlive: true,
  gzip: false,
  pieceLength: 0,
  writeLength: 50,
  trickle: 0,
  pauses: [],
  ending: { how: 'finish', place: 'anywhere', pick: 0 },
}

let origin: FaultProxy
let proxy: ResurrectingProxy
let pace: ReturnType<typeof createPace>
beforeEach(async () => {
  pace = createPace()
  origin = await startFaultProxy({ beforeWriting: (_, exchange) => pace.turn(exchange) })
  proxy = await startResurrectingProxy(origin.port)
})
afterEach(async () => {
  await proxy.close()
  await origin.close()
})

/**
 * Lets the origin be at most a few events ahead of the reader, so that the stream is still active when its
 * proxy dies, however slow the machine is.
 */
function createPace() {
  const waiting = new Set<() => void>()
  const progress = new WeakMap<FaultExchange, { pieces: number; events: number; last: string }>()
  let seen = 0
  let ahead = 0
  const goOn = () => {
    for (const resolve of waiting) resolve()
    waiting.clear()
  }
  /** Counts only the new data since the last call, because reading everything again is slow. */
  function eventsSent(exchange: FaultExchange): number {
    const known = progress.get(exchange) ?? { pieces: 0, events: eventsBefore(exchange), last: '' }
    progress.set(exchange, known)
    for (const piece of exchange.sent.slice(known.pieces)) {
      const text = known.last + Buffer.from(piece).toString('latin1')
      known.pieces++
      known.events += text.split('\n\n').length - 1
      known.last = text.slice(-1)
    }
    return known.events
  }

  return {
    begin(bound: number) {
      ;[seen, ahead] = [0, bound]
    },
    noteSeen() {
      seen++
      goOn()
    },
    end() {
      ahead = Infinity
      goOn()
    },
    async turn(exchange: FaultExchange) {
      while (!exchange.isClosed && eventsSent(exchange) > seen + ahead)
        await new Promise<void>((resolve) => waiting.add(resolve))
    },
  }
}

/** The number of events that a request claims to have. */
function eventsBefore({ target, headers }: FaultExchange): number {
  const asked = new URL(target, 'http://proxy').searchParams.get('starting_after')
  return Number(asked ?? headers['last-event-id'] ?? -1) + 1
}

/** Runs the stream through the proxy, which is killed at the given events. */
async function runKilledAt(
  id: string,
  plan: OriginPlan,
  ahead: number,
  isFatal: (count: number) => boolean,
) {
  const script: FaultScript = { events: originEvents(plan), answers: [whole] }
  const url = `${proxy.origin}/runs/${id}`
  const seen: string[] = []
  const options: CompletionOptions<FaultScript> = {
    url,
    onEvent({ data }) {
      seen.push(data)
      if (isFatal(seen.length)) proxy.kill()
      pace.noteSeen()
    },
    resume: resumable({
      attempts: 200,
      delay: 10,
      maxDelay: 20,
      url: ({ sequenceNumber }) =>
        sequenceNumber === undefined ? url : `${url}?starting_after=${sequenceNumber}`,
    }),
  }
  // The previous run may have ended with data that was in flight.
  await proxy.isBack()
  pace.begin(ahead)
  const result = await createCompletion(options).start(script)
  pace.end()
  const methods = origin.exchanges(id).map(({ method }) => method)
  const sent = script.events.map(({ text }) => /^data: (.*)$/m.exec(text)?.[1])
  return { result, seen, methods, sent }
}

describe.each(kinds)('a stream that is resumed by $what', ({ what, plan }) => {
  const length = originEvents(plan).length

  test(`is complete if its proxy is killed at any of its ${length} events`, async () => {
    // So that some events are in flight when it dies.
    const ahead = 2
    for (let at = 1; at < length; at++) {
      const run = await runKilledAt(`${what}-${at}`, plan, ahead, (count) => count === at)
      expect(run.result, `killed at event ${at}`).toMatchObject({
        status: 'complete',
        text: deltas.join(''),
      })
      expect(run.seen, `killed at event ${at}`).toEqual(run.sent)
      expect(run.methods.indexOf('POST', 1)).toBe(-1)
      if (at < length - ahead - 1) expect(run.methods).toContain('GET')
    }
    expect(proxy.kills).toBe(length - 1)
  })

  test('is complete if its proxy dies repeatedly', async () => {
    const run = await runKilledAt(`${what}-all`, plan, 0, (count) => count % 3 === 0)
    expect(run.result).toMatchObject({ status: 'complete', text: deltas.join('') })
    expect(run.seen).toEqual(run.sent)
    expect(run.methods.indexOf('POST', 1)).toBe(-1)
    expect(proxy.kills).toBe(Math.floor(length / 3))
    expect(run.methods.length).toBeGreaterThan(length / 4)
  })
})
