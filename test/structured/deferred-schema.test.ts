// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { turns } from '../client/support/turns.ts'
import { observeObject } from './support/observe-object.ts'
import { finish, text } from './support/recipe.ts'

describe('an async schema', () => {
  /** A schema whose answer the test gives. */
  function deferred() {
    let resolve!: (result: { value: number }) => void
    let reject!: (reason: Error) => void
    const promise = new Promise<{ value: number }>((...settle) => ([resolve, reject] = settle))
    const asked: unknown[] = []
    const validate = (value: unknown) => {
      asked.push(value)
      return promise
    }
    return {
      asked,
      resolve,
      reject,
      schema: { '~standard': { version: 1, vendor: 'test', validate } } as const,
    }
  }

  test('settles the run when it resolves', async () => {
    const { schema, asked, resolve } = deferred()
    const { answer, client, finished } = observeObject<number>({ schema })
    const { settled } = await answer(text('{"a":1}'), finish())
    expect(asked).toEqual([{ a: 1 }])
    expect(client.getState()).toMatchObject({ status: 'streaming', object: { a: 1 } })
    expect(finished).toEqual([])
    resolve({ value: 7 })
    expect(await settled).toMatchObject({ status: 'complete', value: 7 })
    expect(finished).toEqual([await settled])
  })

  test('that rejects fails the run', async () => {
    const { schema, reject } = deferred()
    const { answer } = observeObject<number>({ schema })
    const { settled } = await answer(text('{"a":1}'), finish())
    reject(new Error('offline'))
    expect(await settled).toMatchObject({ status: 'error', error: { kind: 'validation' } })
  })

  test('is not awaited once the run is aborted', async () => {
    const { schema, resolve } = deferred()
    const { answer, client, finished } = observeObject<number>({ schema })
    const { settled } = await answer(text('{"a":1}'), finish())
    client.abort('enough')
    expect(await settled).toMatchObject({ status: 'aborted', object: { a: 1 }, value: undefined })
    resolve({ value: 7 })
    await turns()
    expect(client.getState()).toMatchObject({ status: 'aborted', value: undefined })
    expect(finished).toHaveLength(1)
  })

  test('that resolves in the same tick as an abort: the run is aborted and has no value', async () => {
    const { schema, resolve } = deferred()
    const { answer, client } = observeObject<number>({ schema })
    const { settled } = await answer(text('{"a":1}'), finish())
    resolve({ value: 7 })
    client.abort()
    expect(await settled).toMatchObject({ status: 'aborted', value: undefined })
  })
})
