// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { completed, responsesStream } from '../support/wire-text.ts'
import { functionCall, itemDone } from '../support/responses-items.ts'
import { observeObject, sendAll } from './support/observe-object.ts'
import { finish, moreArguments, recipe, schema, text, toolCall } from './support/recipe.ts'

describe('the arguments of a tool call', () => {
  test('are read as they stream, instead of the text', async () => {
    const { answer, client } = observeObject({ schema, from: { tool: 'save' } })
    const { request, settled } = await answer(
      text('I will save it.'),
      toolCall('save', '{"name":"So'),
    )
    expect(client.getState()).toMatchObject({ text: 'I will save it.', object: { name: 'So' } })
    await sendAll(request, [moreArguments('up","steps":'), moreArguments('["Chop","Boil"]}')])
    await sendAll(request, [finish('tool_calls')])
    expect(await settled).toMatchObject({ status: 'complete', value: recipe })
  })

  test('are those of the first call of that name', async () => {
    const { answer } = observeObject({ from: { tool: 'save' } })
    const { settled } = await answer(
      toolCall('find', '{"q":', 0),
      toolCall('save', '{"n":', 1),
      moreArguments('"x"}', 0),
      moreArguments('1}', 1),
      toolCall('save', '{"n":2}', 2),
      finish('tool_calls'),
    )
    expect(await settled).toMatchObject({ status: 'complete', value: { n: 1 } })
  })

  test('are read from an item that arrives complete', async () => {
    const { answer } = observeObject({ from: { tool: 'save' } })
    const item = functionCall('call_1', 'save', '{"n":1}')
    const { settled } = await answer(responsesStream(itemDone(0, item), completed([item])))
    expect(await settled).toMatchObject({ status: 'complete', value: { n: 1 } })
  })

  test('that never arrived are an error that names the tool', async () => {
    const { answer } = observeObject({ from: { tool: 'save' } })
    const { settled } = await answer(text('{}'), toolCall('find', '{}'), finish('tool_calls'))
    const { error } = await settled
    expect(error).toMatchObject({ kind: 'validation' })
    expect(error!.message).toContain("'save'")
  })
})
