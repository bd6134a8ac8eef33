// @vitest-environment node
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import type { StandardSchema } from '../../src/core.ts'
import { observeObject } from './support/observe-object.ts'
import { finish, text } from './support/recipe.ts'

const schemaOf = (answer: unknown) =>
  ({
    '~standard': { version: 1, vendor: 'test', validate: () => answer },
  }) as unknown as StandardSchema<number>

async function settledWith(answer: unknown) {
  const { answer: respond } = observeObject<number>({ schema: schemaOf(answer) })
  const { settled } = await respond(text('{"a":1}'), finish())
  return settled
}

/** Ways to resolve later. */
const later: [string, (result: unknown) => unknown][] = [
  ['a promise', (result) => Promise.resolve(result)],
  [
    'a promise of another realm',
    (result) => runInNewContext('Promise.resolve(result)', { result }) as unknown,
  ],
  ['a thenable', (result) => ({ then: (resolve: (value: unknown) => void) => resolve(result) })],
  [
    'a thenable that resolves later',
    (result) => ({
      then: (resolve: (value: unknown) => void) => queueMicrotask(() => resolve(result)),
    }),
  ],
  [
    'a thenable of a thenable',
    (result) => ({ then: (resolve: (value: unknown) => void) => resolve(Promise.resolve(result)) }),
  ],
]

test.each(later)('a schema that returns %s determines the outcome', async (_, promise) => {
  expect(await settledWith(promise({ value: 7 }))).toMatchObject({ status: 'complete', value: 7 })
  const issues = [{ message: 'no number' }]
  expect(await settledWith(promise({ issues }))).toMatchObject({
    status: 'error',
    value: undefined,
    error: { kind: 'validation', issues },
  })
})

const noVerdicts: [string, unknown][] = [
  ['an empty object', {}],
  ['undefined', undefined],
  ['null', null],
  ['true', true],
  ['a string', 'fine'],
  ['a list', []],
  ['issues that are not a list', { issues: 7 }],
  ['an object whose then is not a function', { then: 7 }],
]

test.each(noVerdicts)('%s is not a result, and fails the run', async (_, answer) => {
  for (const given of [answer, Promise.resolve(answer)]) {
    expect(await settledWith(given)).toMatchObject({
      status: 'error',
      value: undefined,
      error: { kind: 'validation' },
    })
  }
})

test('undefined is a valid value', async () => {
  expect(await settledWith({ value: undefined })).toMatchObject({ status: 'complete' })
})

test('a thenable that throws or rejects fails the run', async () => {
  const throwing = {
    then() {
      throw new Error('broken')
    },
  }
  const rejecting = {
    then: (_: unknown, reject: (reason: Error) => void) => reject(new Error('broken')),
  }
  for (const answer of [throwing, rejecting]) {
    expect(await settledWith(answer)).toMatchObject({
      status: 'error',
      error: { kind: 'validation' },
    })
  }
})
