import { describe, expect, test } from 'vitest'
import type { SettledState } from '../../src/core.ts'
import { answer, bodyOf, doneMarker, textChunk } from './support/chat.ts'
import { last, observe } from './support/observe.ts'
import { turns } from './support/turns.ts'

describe('abort inside a callback', () => {
  test('inside onEvent: neither this event nor any later one takes effect', async () => {
    const events: unknown[] = []
    const { client, requests, published } = observe({
      onEvent(event) {
        events.push(event.json)
        if (events.length === 2) client.abort('seen enough')
      },
    })
    const settled = client.start('a')
    await turns()
    requests[0]!.respond()
    requests[0]!.send(bodyOf(textChunk('one'), textChunk(' two'), textChunk(' three'), doneMarker))
    expect(await settled).toMatchObject({
      status: 'aborted',
      abortReason: 'seen enough',
      text: 'one',
    })
    await turns()
    expect(events).toHaveLength(2)
    expect(client.getState()).toBe(await settled)
    expect(last(published)).toBe(await settled)
    expect(requests[0]!.closedByClient).toBe(true)
  })

  test('inside onFinish changes nothing', async () => {
    const { client, requests } = observe({ onFinish: () => client.abort() })
    const settled = client.start('a')
    await turns()
    requests[0]!.respond()
    requests[0]!.send(answer('Hello'))
    expect(await settled).toMatchObject({ status: 'complete' })
    expect(client.getState()).toBe(await settled)
  })

  test('inside onError changes nothing', async () => {
    const { client, requests } = observe({ onError: () => client.abort() })
    const settled = client.start('a')
    await turns()
    requests[0]!.fail()
    expect(await settled).toMatchObject({ status: 'error' })
    expect(client.getState()).toBe(await settled)
  })

  test.each(['connecting', 'streaming'] as const)(
    'inside a subscriber that sees %s: the run ends there',
    async (status) => {
      const { client, requests } = observe()
      client.subscribe(() => {
        if (client.getState().status === status) client.abort('by a subscriber')
      })
      const settled = client.start('a')
      await turns()
      requests[0]?.respond()
      requests[0]?.send(answer('Hello'))
      await turns()
      expect(await settled).toMatchObject({ status: 'aborted', abortReason: 'by a subscriber' })
      expect(client.getState()).toBe(await settled)
      expect(requests.map((request) => request.closedByClient)).toEqual(
        status === 'connecting' ? [] : [true],
      )
    },
  )
})

describe('start inside a callback', () => {
  test('inside onFinish: the next run is not disturbed', async () => {
    let next: Promise<SettledState> | undefined
    const { client, requests } = observe({
      onFinish() {
        next ??= client.start('next')
      },
    })
    const first = client.start('first')
    await turns()
    requests[0]!.respond()
    requests[0]!.send(answer('of the first'))
    await turns()
    expect(client.getState()).toMatchObject({ status: 'connecting', text: '' })
    expect(await first).toMatchObject({ status: 'complete', text: 'of the first' })

    requests[1]!.respond()
    requests[1]!.send(answer('of the next'))
    await turns()
    expect(client.getState()).toMatchObject({ status: 'complete', text: 'of the next' })
    expect(await next).toBe(client.getState())
  })

  test('inside onEvent: the event and all later ones do not reach the old run', async () => {
    let next: Promise<SettledState> | undefined
    const events: string[] = []
    const { client, requests, published } = observe({
      onEvent(event) {
        events.push(event.data)
        if (events.length === 2) next = client.start('next')
      },
    })
    const first = client.start('first')
    await turns()
    requests[0]!.respond()
    requests[0]!.send(bodyOf(textChunk('one'), textChunk(' two'), textChunk(' three')))
    await turns()
    expect(await first).toMatchObject({ abortReason: 'superseded', text: 'one' })
    expect(events).toHaveLength(2)
    expect(client.getState()).toMatchObject({ status: 'connecting', text: '' })
    expect(published.map(({ text }) => text)).not.toContain('one two')

    requests[1]!.respond()
    requests[1]!.send(answer('of the next'))
    expect(await next).toMatchObject({ status: 'complete', text: 'of the next' })
  })

  test('inside onError: onFinish of the failed run is still called, with its own result', async () => {
    let next: Promise<SettledState> | undefined
    const { client, requests, calls } = observe({
      onError() {
        next ??= client.start('again')
      },
    })
    const first = client.start('first')
    await turns()
    requests[0]!.fail()
    await turns()
    expect(calls.map(({ name, result }) => [name, result.status])).toEqual([
      ['onError', 'error'],
      ['onFinish', 'error'],
    ])
    expect(await first).toBe(calls[1]!.result)
    expect(client.getState().status).toBe('connecting')
  })

  test('inside onFinish of a superseded run: the latest start wins, and no run leaks', async () => {
    let fromCallback: Promise<SettledState> | undefined
    let finished = 0
    const { client, requests } = observe({
      onFinish() {
        finished++
        if (finished === 1) fromCallback = client.start('from the callback')
      },
    })
    const a = client.start('a')
    await turns()
    requests[0]!.respond()
    requests[0]!.send(textChunk('of a'))
    await turns()
    const b = client.start('b')
    await turns()

    expect(await a).toMatchObject({ abortReason: 'superseded', text: 'of a' })
    expect(await b).toMatchObject({ abortReason: 'superseded', text: '' })
    const open = requests.filter((request) => !request.closedByClient)
    expect(open.map(({ init }) => init.body)).toEqual(['{"input":"from the callback"}'])
    open[0]!.respond()
    open[0]!.send(answer('of the callback'))
    expect(await fromCallback).toMatchObject({ status: 'complete', text: 'of the callback' })
    expect(client.getState()).toBe(await fromCallback)
  })

  test('inside onFinish of an aborted run: the state changes directly to the new run', async () => {
    let next: Promise<SettledState> | undefined
    const { client, requests } = observe({
      onFinish() {
        next ??= client.start('next')
      },
    })
    void client.start('a')
    await turns()
    client.abort()
    expect(client.getState().status).toBe('connecting')
    await turns()
    expect(requests.map((request) => request.closedByClient)).toEqual([true, false])
  })

  test('inside a subscriber that sees the settled state: onFinish is still called for that run', async () => {
    let next: Promise<SettledState> | undefined
    const { client, requests, calls } = observe()
    client.subscribe(() => {
      if (client.getState().status === 'complete') next ??= client.start('next')
    })
    const first = client.start('first')
    await turns()
    requests[0]!.respond()
    requests[0]!.send(answer('Hello'))
    await turns()
    expect(calls.map(({ name, result }) => [name, result.text])).toEqual([['onFinish', 'Hello']])
    expect((await first).status).toBe('complete')
    expect(client.getState().status).toBe('connecting')
  })
})

test('reset inside onFinish makes the state idle and does not change the result', async () => {
  const { client, requests } = observe({ onFinish: () => client.reset() })
  const settled = client.start('a')
  await turns()
  requests[0]!.respond()
  requests[0]!.send(answer('Hello'))
  expect(await settled).toMatchObject({ status: 'complete', text: 'Hello' })
  expect(client.getState().status).toBe('idle')
})
