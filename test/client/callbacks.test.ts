import { describe, expect, test } from 'vitest'
import type { SettledState } from '../../src/core.ts'
import { answer, bodyOf, doneMarker, finishChunk, textChunk } from './support/chat.ts'
import { last, observe } from './support/observe.ts'
import { stubFrames } from './support/stub-frames.ts'
import { turns } from './support/turns.ts'

describe('the order of the callbacks', () => {
  test.each(['sync', 'frame'] as const)(
    'onFinish comes after the final state is published (publishing by %s)',
    async (publish) => {
      stubFrames()
      const { client, requests, calls, published } = observe({ publish })
      let publishedBefore: unknown
      client.setOptions({
        publish,
        onFinish: () => (publishedBefore = last(published)),
      })
      void client.start('a')
      await turns()
      requests[0]!.respond()
      requests[0]!.send(bodyOf(textChunk('Hel'), textChunk('lo'), finishChunk(), doneMarker))
      await turns()

      expect(calls).toEqual([
        { name: 'onFinish', result: client.getState(), seen: client.getState() },
      ])
      expect(publishedBefore).toBe(client.getState())
      expect(client.getState()).toMatchObject({ status: 'complete', text: 'Hello' })
    },
  )

  test('onError comes before onFinish, both with the published state', async () => {
    const { client, requests, calls } = observe()
    void client.start('a')
    await turns()
    requests[0]!.fail()
    await turns()
    const result = client.getState()
    expect(calls).toEqual([
      { name: 'onError', result, seen: result },
      { name: 'onFinish', result, seen: result },
    ])
  })

  test('the promise resolves after the callbacks', async () => {
    const order: string[] = []
    const { client, requests } = observe({ onFinish: () => order.push('onFinish') })
    void client.start('a').then(() => order.push('resolved'))
    await turns()
    requests[0]!.respond()
    requests[0]!.send(answer('Hello'))
    await turns()
    expect(order).toEqual(['onFinish', 'resolved'])
  })

  test('onEvent sees an event before the state does', async () => {
    const seen: string[] = []
    const { client, requests } = observe({
      onEvent: () => seen.push(client.getState().text),
    })
    void client.start('a')
    await turns()
    requests[0]!.respond()
    requests[0]!.send(answer('Hello'))
    await turns()
    expect(seen).toEqual(['', 'Hello', 'Hello'])
  })

  test('onEvent gets every event in order, unknown ones included', async () => {
    const events: unknown[] = []
    const { client, requests } = observe({ onEvent: (event) => events.push(event.json) })
    void client.start('a')
    await turns()
    const unknown = { type: 'from.the.future', value: 1 }
    requests[0]!.respond()
    requests[0]!.send(bodyOf(textChunk('Hello'), unknown, finishChunk()))
    await turns()
    expect(events).toEqual([textChunk('Hello'), unknown, finishChunk()])
  })
})

describe('abort inside a callback', () => {
  test('inside onEvent: the event takes no effect, and none after it is handed over', async () => {
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

  test('inside onFinish it changes nothing', async () => {
    const { client, requests } = observe({ onFinish: () => client.abort() })
    const settled = client.start('a')
    await turns()
    requests[0]!.respond()
    requests[0]!.send(answer('Hello'))
    expect(await settled).toMatchObject({ status: 'complete' })
    expect(client.getState()).toBe(await settled)
  })

  test('inside onError it changes nothing', async () => {
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
  test('inside onFinish: the next run goes on undisturbed', async () => {
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

  test('inside onEvent: the event and all after it are lost on the old run', async () => {
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

  test('inside onError: onFinish of the failed run still comes, with its own result', async () => {
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

  test('inside onFinish of an aborted run: the state goes straight on to the new run', async () => {
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

  test('inside a subscriber that sees the settled state: onFinish still comes for that run', async () => {
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

test('reset inside onFinish leaves idle behind, and the result as it was', async () => {
  const { client, requests } = observe({ onFinish: () => client.reset() })
  const settled = client.start('a')
  await turns()
  requests[0]!.respond()
  requests[0]!.send(answer('Hello'))
  expect(await settled).toMatchObject({ status: 'complete', text: 'Hello' })
  expect(client.getState().status).toBe('idle')
})

describe('a callback that throws', () => {
  const broken = new Error('a bug of the app')

  test.each(['onEvent', 'onFinish'] as const)(
    '%s: it is reported, the run goes on',
    async (name) => {
      const { client, requests, reports } = observe({
        [name]() {
          throw broken
        },
      })
      const settled = client.start('a')
      await turns()
      requests[0]!.respond()
      requests[0]!.send(answer('Hello'))
      expect(await settled).toMatchObject({ status: 'complete', text: 'Hello' })
      expect(client.getState()).toBe(await settled)
      const expected = name === 'onEvent' ? [broken, broken, broken] : [broken]
      expect(reports.splice(0)).toEqual(expected)
    },
  )

  test('onError: it is reported, and onFinish still comes', async () => {
    const { client, requests, calls, reports } = observe({
      onError() {
        throw broken
      },
    })
    const settled = client.start('a')
    await turns()
    requests[0]!.fail()
    expect(await settled).toMatchObject({ status: 'error' })
    expect(calls.map(({ name }) => name)).toEqual(['onError', 'onFinish'])
    expect(reports.splice(0)).toEqual([broken])
  })

  test('a subscriber: it is reported, and the others are told all the same', async () => {
    const { client, requests, reports } = observe()
    const unsubscribe = client.subscribe(() => {
      throw broken
    })
    let told = 0
    client.subscribe(() => told++)
    const settled = client.start('a')
    await turns()
    requests[0]!.respond()
    requests[0]!.send(answer('Hello'))
    expect(await settled).toMatchObject({ status: 'complete', text: 'Hello' })
    unsubscribe()
    expect(told).toBeGreaterThan(1)
    expect(reports.splice(0)).toEqual(Array.from({ length: told }, () => broken))
  })

  test('is thrown in a task of its own where there is no reportError', async () => {
    const { client, requests } = observe({
      onFinish() {
        throw broken
      },
    })
    const { reportError, setTimeout } = globalThis
    const tasks: (() => void)[] = []
    Object.assign(globalThis, {
      reportError: undefined,
      setTimeout: (task: () => void) => tasks.push(task),
    })
    const settled = client.start('a')
    await turns()
    requests[0]!.fail()
    const { status } = await settled
    Object.assign(globalThis, { reportError, setTimeout })

    expect(status).toBe('error')
    expect(tasks.filter((task) => throws(task, broken))).toHaveLength(1)
  })
})

test('a listener that unsubscribes another keeps it from being told', () => {
  const { client } = observe()
  let told = 0
  client.subscribe(() => unsubscribe())
  const unsubscribe = client.subscribe(() => told++)
  void client.start('a')
  expect(told).toBe(0)
})

test('unsubscribing twice ends no other subscription', () => {
  const { client } = observe()
  let told = 0
  const listener = () => {
    told++
  }
  const unsubscribe = client.subscribe(listener)
  unsubscribe()
  client.subscribe(listener)
  unsubscribe()
  void client.start('a')
  expect(told).toBe(1)
})

function throws(task: () => void, error: unknown): boolean {
  try {
    task()
    return false
  } catch (thrown) {
    return thrown === error
  }
}
