import { beforeEach, describe, expect, test } from 'vitest'
import { doneMarker, finishChunk, textChunk } from './support/chat.ts'
import { errorOf } from './support/expect-error.ts'
import { pass, stopTheClock } from './support/fake-time.ts'
import { observe } from './support/observe.ts'
import { responseBody } from './support/responses-stream.ts'
import { events, started, text } from './support/resuming.ts'
import { turns } from './support/turns.ts'

beforeEach(stopTheClock)

/** The events of a page that returns: Chromium dispatches `resume` on the document. */
const returns: [string, () => boolean][] = [
  ['resume', () => document.dispatchEvent(new Event('resume'))],
  [
    'pageshow of a page from the cache',
    () => dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true })),
  ],
]

describe.each(returns)('after %s', (_, comeBack) => {
  test('a run that stays silent ends as a network error, with its text, and is closed', async () => {
    const { client, requests } = observe<string>()
    const settled = client.start('a')
    await turns()
    requests[0]!.respond()
    requests[0]!.send(textChunk('Hel'))
    await pass(60_000)
    comeBack()
    await pass(9_999)
    expect(client.getState().status).toBe('streaming')
    await pass(1)
    const state = await settled
    expect(errorOf(state)).toMatchObject({ kind: 'network', phase: 'body' })
    expect(state.text).toBe('Hel')
    expect(requests[0]!.closedByClient).toBe(true)
  })

  test('a run that can be resumed continues at its position', async () => {
    const { serve, settled, requests } = await started()
    await serve(0, responseBody(events, 0, 4), 'stay')
    comeBack()
    await pass(10_000)
    await pass(1000)
    expect(requests).toHaveLength(2)
    await serve(1, responseBody(events, 4), 'stay')
    expect(await settled).toMatchObject({ status: 'complete', text })
  })

  test('a run whose stream continues is not affected', async () => {
    const { client, requests } = observe<string>()
    const settled = client.start('a')
    await turns()
    requests[0]!.respond()
    requests[0]!.send(textChunk('Hel'))
    await turns()
    comeBack()
    await pass(5000)
    requests[0]!.send(': keep-alive\n\n')
    await pass(60_000)
    expect(client.getState().status).toBe('streaming')
    requests[0]!.send(textChunk('lo'))
    requests[0]!.send(finishChunk())
    requests[0]!.send(doneMarker)
    expect(await settled).toMatchObject({ status: 'complete', text: 'Hello' })
  })
})

test('the pageshow event of a page that loads is ignored', async () => {
  const { client, requests } = observe<string>()
  void client.start('a')
  await turns()
  requests[0]!.respond()
  dispatchEvent(new Event('pageshow'))
  await pass(60_000)
  expect(client.getState().status).toBe('streaming')
})
