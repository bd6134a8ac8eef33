// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { moderationGate } from '../../src/core.ts'
import { turns } from '../client/support/turns.ts'
import { observeObject, sendAll } from './support/observe-object.ts'
import { finish, schema, text } from './support/recipe.ts'

describe('with a moderation gate', () => {
  test('nothing of the object is shown before it is cleared', async () => {
    const checks: ((flagged: boolean) => void)[] = []
    const moderate = moderationGate({
      check: () => new Promise<boolean>((resolve) => checks.push(resolve)),
      every: 1,
    })
    const { answer, client, published } = observeObject({ schema, moderate })
    const { request, settled } = await answer(text('{"name":"So'), text('up"'))
    expect(checks).toHaveLength(1)
    expect(published.every(({ object }) => object === undefined)).toBe(true)
    checks.shift()!(false)
    await turns()
    expect(client.getState()).toMatchObject({ text: '{"name":"So', object: { name: 'So' } })
    await sendAll(request, [text(',"steps":[]}'), finish()])
    while (checks.length > 0) {
      checks.shift()!(false)
      await turns()
    }
    expect(await settled).toMatchObject({ status: 'complete', value: { name: 'Soup', steps: [] } })
  })

  test('a flag on complete JSON is not a validation error, and removes the object with the text', async () => {
    const moderate = moderationGate({
      check: (checked) => checked.includes('poison'),
      every: 1,
      onFlagged: 'withdraw',
    })
    const { answer, client } = observeObject({ schema, moderate })
    const { request, settled } = await answer(text('{"name":"Soup"'))
    expect(client.getState().object).toEqual({ name: 'Soup' })
    await sendAll(request, [text(',"steps":["poison"]}'), finish()])
    expect(await settled).toMatchObject({
      status: 'error',
      error: { kind: 'moderation' },
      text: '',
      object: undefined,
    })
  })

  test('a plain object instead of the gate is rejected', async () => {
    const { client } = observeObject({ moderate: { check: () => false } as never })
    expect(() => client.start('go')).toThrow('moderationGate')
  })
})
