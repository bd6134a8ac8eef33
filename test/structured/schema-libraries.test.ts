// @vitest-environment node
import { type } from 'arktype'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { StandardSchema } from '../../src/core.ts'
import { observeObject } from './support/observe-object.ts'
import { finish, text } from './support/recipe.ts'

interface Dish {
  name: string
  tags: string[]
}

const schemas: [string, StandardSchema<Dish>][] = [
  ['Zod', z.object({ name: z.string(), tags: z.array(z.string()) })],
  [
    'Zod, async',
    z.object({ name: z.string().refine(async () => true), tags: z.array(z.string()) }),
  ],
  ['Valibot', v.object({ name: v.string(), tags: v.array(v.string()) })],
  [
    'Valibot, async',
    v.objectAsync({
      name: v.pipeAsync(
        v.string(),
        v.checkAsync(async () => true),
      ),
      tags: v.array(v.string()),
    }),
  ],
  ['ArkType', type({ name: 'string', tags: 'string[]' })],
]

describe.each(schemas)('a schema of %s', (_, schema) => {
  test('returns the value', async () => {
    const { answer } = observeObject({ schema })
    const { settled } = await answer(text('{"name":"Soup",'), text('"tags":["hot"]}') + finish())
    expect(await settled).toMatchObject({
      status: 'complete',
      value: { name: 'Soup', tags: ['hot'] },
    })
  })

  test('returns the issues with their paths', async () => {
    const { answer } = observeObject({ schema })
    const { settled } = await answer(text('{"name":"Soup","tags":["hot",2]}') + finish())
    const { error } = await settled
    expect(error).toMatchObject({ kind: 'validation' })
    expect(error!.issues).toHaveLength(1)
    expect(error!.message).toMatch(/ \$\.tags\.1: ./)
  })
})
