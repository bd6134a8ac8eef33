import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createCompletion, resumable, type CompletionOptions } from '../../src/core.ts'
import { startFaultProxy, type FaultProxy } from '../support/fault-proxy.mjs'
import type { FaultAnswer, FaultScript } from '../support/fault-proxy-script.ts'
import { originEvents, type OriginPlan } from './support/origin-stream.ts'
import { startResurrectingProxy, type ResurrectingProxy } from './support/resurrecting-proxy.ts'

const deltas = Array.from({ length: 60 }, (_, index) => `${index}: 雨の日 👩🏽‍🚀 — `)

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
  writeLength: 100,
  trickle: 0,
  // So that the stream is under way when its proxy dies.
  pauses: Array.from({ length: 20 }, (_, index) => ({ at: index / 20, ms: 1 })),
  ending: { how: 'finish', place: 'anywhere', pick: 0 },
}

let origin: FaultProxy
let proxy: ResurrectingProxy
beforeEach(async () => {
  origin = await startFaultProxy()
  proxy = await startResurrectingProxy(origin.port)
})
afterEach(async () => {
  await proxy.close()
  await origin.close()
})

/** Runs the stream through the proxy, which is killed at some of its events. */
async function runKilledAt(id: string, plan: OriginPlan, isFatal: (count: number) => boolean) {
  const script: FaultScript = { events: originEvents(plan), answers: [whole] }
  const url = `${proxy.origin}/runs/${id}`
  const seen: string[] = []
  const options: CompletionOptions<FaultScript> = {
    url,
    onEvent({ data }) {
      seen.push(data)
      if (isFatal(seen.length)) proxy.kill()
    },
    resume: resumable({
      attempts: 200,
      delay: 10,
      maxDelay: 20,
      url: ({ sequenceNumber }) =>
        sequenceNumber === undefined ? url : `${url}?starting_after=${sequenceNumber}`,
    }),
  }
  // What was on the way may have been enough for the run before.
  await proxy.isBack()
  const result = await createCompletion(options).start(script)
  const posts = origin.exchanges(id).filter(({ method }) => method === 'POST').length
  const sent = script.events.map(({ text }) => /^data: (.*)$/m.exec(text)?.[1])
  return { result, seen, posts, sent }
}

describe.each(kinds)('a stream that is carried on by $what', ({ what, plan }) => {
  const length = originEvents(plan).length

  test(`is whole when its proxy is killed at any one of its ${length} events`, async () => {
    for (let at = 1; at < length; at++) {
      const run = await runKilledAt(`${what}-${at}`, plan, (count) => count === at)
      expect(run.result, `killed at event ${at}`).toMatchObject({
        status: 'complete',
        text: deltas.join(''),
      })
      expect(run.seen, `killed at event ${at}`).toEqual(run.sent)
      expect(run.posts).toBe(1)
    }
    expect(proxy.kills).toBe(length - 1)
  })

  test('is whole when its proxy dies again as soon as an event has come through', async () => {
    const run = await runKilledAt(`${what}-all`, plan, () => proxy.isUp)
    expect(run.result).toMatchObject({ status: 'complete', text: deltas.join('') })
    expect(run.seen).toEqual(run.sent)
    expect(run.posts).toBe(1)
    // Some events were on the way already when the process before them died.
    expect(proxy.kills).toBeGreaterThan(length / 10)
  })
})
