import { beforeEach, describe, expect, test } from 'vitest'
import type { Timeouts } from '../../src/core.ts'
import { bodyOf, doneMarker, finishChunk, textChunk } from './support/chat.ts'
import { pass, stopTheClock } from './support/fake-time.ts'
import { observe } from './support/observe.ts'
import { turns } from './support/turns.ts'

/*
 * A finish reason is the proper end of a stream that ends with it. If the connection breaks after it, the run
 * still fails: some servers send a finish reason with every chunk, some send one and then an error, and
 * moderation results may follow. The state of the error contains everything received, including the finish
 * reason, for an app that knows its server better.
 */
beforeEach(stopTheClock)

async function finished(timeouts?: Timeouts) {
  const { client, requests } = observe({ timeouts })
  const settled = client.start('a')
  await turns()
  const request = requests[0]!
  request.respond()
  request.send(bodyOf(textChunk('The whole'), finishChunk()))
  await turns()
  return { settled, request }
}

const kept = { text: 'The whole', finishReason: 'stop' }

describe('after the finish reason', () => {
  test('the end of the body makes the run complete', async () => {
    const { settled, request } = await finished()
    request.end()
    expect(await settled).toMatchObject({ ...kept, status: 'complete' })
  })

  test('[DONE] makes the run complete, whatever follows', async () => {
    const { settled, request } = await finished()
    request.send(doneMarker)
    await turns()
    request.fail()
    expect(await settled).toMatchObject({ ...kept, status: 'complete' })
  })

  test('a connection that breaks is a network error', async () => {
    const { settled, request } = await finished()
    request.fail()
    const error = { kind: 'network', phase: 'body' }
    expect(await settled).toMatchObject({ ...kept, status: 'error', error })
  })

  test.each(['idle', 'total'] as const)('a silence is a timeout: %s', async (name) => {
    const { settled } = await finished({ [name]: 1000 })
    await pass(1010)
    const error = { kind: 'timeout', timeout: name }
    expect(await settled).toMatchObject({ ...kept, status: 'error', error })
  })

  test('an error of the provider fails the run', async () => {
    const { settled, request } = await finished()
    request.send({ error: { message: 'Token limit reached', code: 400 } })
    const error = { kind: 'api', message: 'Token limit reached' }
    expect(await settled).toMatchObject({ ...kept, status: 'error', error })
  })
})
