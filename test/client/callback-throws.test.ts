import { describe, expect, test } from 'vitest'
import { answer } from './support/chat.ts'
import { observe } from './support/observe.ts'
import { turns } from './support/turns.ts'

describe('a callback that throws', () => {
  const broken = new Error('a bug of the app')

  test.each(['onEvent', 'onFinish'] as const)(
    '%s: the error is reported, and the run continues',
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

  test('onError: the error is reported, and onFinish is still called', async () => {
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

  test('a subscriber: the error is reported, and the other subscribers are still called', async () => {
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

  test.each<[string, unknown]>([
    ['reportError is missing', undefined],
    [
      'reportError throws as well',
      () => {
        throw new Error('a bug of the page')
      },
    ],
  ])('is thrown in a separate task if %s', async (_, replaced) => {
    const { client, requests } = observe({
      onFinish() {
        throw broken
      },
    })
    const { reportError, setTimeout } = globalThis
    const tasks: (() => void)[] = []
    Object.assign(globalThis, {
      reportError: replaced,
      setTimeout: (task: () => void) => tasks.push(task),
    })
    const settled = client.start('a')
    await turns()
    requests[0]!.fail()
    await turns()
    Object.assign(globalThis, { reportError, setTimeout })

    expect((await settled).status).toBe('error')
    expect(tasks.filter((task) => throws(task, broken))).toHaveLength(1)
  })
})

function throws(task: () => void, error: unknown): boolean {
  try {
    task()
    return false
  } catch (thrown) {
    return thrown === error
  }
}
