// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { completed, responsesStream, textDelta } from '../support/wire-text.ts'
import { observeObject, sendAll } from './support/observe-object.ts'
import { finish, recipe, schema, text } from './support/recipe.ts'

describe('while the answer streams', () => {
  test('object grows with every delta, and value waits for the end', async () => {
    const { answer, client, published } = observeObject({ schema })
    const { request, settled } = await answer(text('{"name":"So'), text('up","steps":["Ch'))
    expect(client.getState()).toMatchObject({
      status: 'streaming',
      object: { name: 'Soup', steps: ['Ch'] },
      value: undefined,
    })
    await sendAll(request, [text('op","Boil"]}'), finish()])
    expect(await settled).toMatchObject({ status: 'complete', object: recipe, value: recipe })
    expect(await settled).toBe(client.getState())
    const objects = published.map(({ object }) => object)
    expect(objects[0]).toBeUndefined()
    expect(objects.filter((object, at) => object !== objects[at - 1])).toEqual([
      { name: 'So' },
      { name: 'Soup', steps: ['Ch'] },
      recipe,
    ])
  })

  test('unchanged parts keep their identity from state to state', async () => {
    const { answer, client } = observeObject<{ rows: object[] }>({})
    const { request } = await answer(text('{"rows":[{"n":1},{"n"'))
    const first = client.getState().object!.rows![0]
    await sendAll(request, [text(':2},{'), text('"n":3}]')])
    expect(client.getState().object!.rows).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
    expect(client.getState().object!.rows![0]).toBe(first)
  })

  test('a new run starts without an object, and reset removes it', async () => {
    const { answer, client } = observeObject({ schema })
    await answer(text('{"name":"Soup"'))
    const second = await answer()
    expect(client.getState()).toMatchObject({ status: 'streaming', object: undefined })
    await sendAll(second.request, [text('{"name":"Tea"')])
    expect(client.getState().object).toEqual({ name: 'Tea' })
    client.reset()
    expect(client.getState().status).toBe('idle')
    expect(client.getState().object).toBeUndefined()
  })

  test('a text that an authoritative value replaces is parsed again', async () => {
    const { answer, client } = observeObject({})
    const { settled } = await answer(
      responsesStream(textDelta('{"name":"Sou'), {
        type: 'response.output_text.done',
        output_index: 0,
        content_index: 0,
        text: '{"name":"Tea"}',
      }),
    )
    expect(client.getState().object).toEqual({ name: 'Tea' })
    client.abort()
    expect((await settled).object).toEqual({ name: 'Tea' })
  })

  test('a replacement of the same length is detected too', async () => {
    const { answer, client } = observeObject({})
    await answer(
      responsesStream(textDelta('{"name":"Soup"}'), {
        type: 'response.output_text.done',
        output_index: 0,
        content_index: 0,
        text: '{"name":"Rice"}',
      }),
    )
    expect(client.getState().object).toEqual({ name: 'Rice' })
  })

  test('pieces that arrive out of order are put in the order of the text', async () => {
    const { answer, client } = observeObject({})
    const { request } = await answer(responsesStream(textDelta('"Soup"}', 1), textDelta('{"na', 0)))
    await sendAll(request, [responsesStream(textDelta('me":', 0))])
    expect(client.getState().text).toBe('{"name":"Soup"}')
    expect(client.getState().object).toEqual({ name: 'Soup' })
  })
})

describe('how the run ends', () => {
  const json = JSON.stringify(recipe)

  test('value is the output of the schema', async () => {
    const upper = z.object({ name: z.string().transform((name) => name.length) })
    const { answer } = observeObject({ schema: upper })
    const { settled } = await answer(text(json), finish())
    expect(await settled).toMatchObject({ object: recipe, value: { name: 4 } })
  })

  test('without a schema, value is the JSON', async () => {
    const { answer } = observeObject({})
    const { settled } = await answer(text(` ${json}\n`), finish())
    expect(await settled).toMatchObject({ status: 'complete', value: recipe })
  })

  test('JSON that does not match is an error with the issues, and the object is kept', async () => {
    const { answer, finished, failed } = observeObject({ schema })
    const { settled } = await answer(text('{"name":"Soup","steps":[1,2]}'), finish())
    const result = await settled
    expect(result).toMatchObject({
      status: 'error',
      error: { kind: 'validation', name: 'CompletionError' },
      object: { name: 'Soup', steps: [1, 2] },
      value: undefined,
      text: '{"name":"Soup","steps":[1,2]}',
    })
    expect(result.error!.issues!.map(({ path }) => path)).toEqual([
      ['steps', 0],
      ['steps', 1],
    ])
    expect(result.error!.message).toMatch(/\$\.steps\.0: ./)
    expect([finished, failed]).toEqual([[result], [result]])
  })

  test.each([
    ['is cut off by the token limit', '{"name":"So', 'length', /incomplete.+length/],
    [
      'stops too early although nothing cut it off',
      '{"name":"Soup","steps":["Ch',
      'stop',
      /incomplete/,
    ],
    ['is cut by a filter', '{"name":', 'content_filter', /incomplete.+content-filter/],
    ['breaks the rules of JSON', '{"name":"Soup",}', 'stop', /invalid at “}”/],
    ['continues after its end', '{"name":"Soup"} Enjoy!', 'stop', /invalid at “Enjoy!”/],
    [
      'begins with words',
      'Here is the recipe:\n{"name":"Soup"}',
      'stop',
      /invalid at “Here is the/,
    ],
    ['is empty', '', 'stop', /'text' is missing/],
    ['is a word that begins like JSON', 'nothing', 'stop', /invalid at “othing”/],
  ])('an answer that %s is not a success', async (_, content, reason, message) => {
    const { answer, finished } = observeObject({})
    const { settled } = await answer(text(content), finish(reason))
    const result = await settled
    expect(result).toMatchObject({ status: 'error', text: content, value: undefined })
    expect(result.error).toMatchObject({ kind: 'validation', issues: undefined })
    expect(result.error!.message).toMatch(message)
    expect(finished).toEqual([result])
  })

  test('a refusal is not a success, and its text is in refusal', async () => {
    const { answer } = observeObject({ schema })
    const { settled } = await answer(
      responsesStream(
        { type: 'response.refusal.delta', output_index: 0, content_index: 0, delta: 'I cannot.' },
        completed(),
      ),
    )
    expect(await settled).toMatchObject({
      status: 'error',
      error: { kind: 'validation' },
      refusal: 'I cannot.',
      object: undefined,
    })
  })

  test('complete JSON in a stream that was cut off is truncated', async () => {
    const { answer, finished } = observeObject({ schema })
    const { settled, request } = await answer(text(json))
    request.end()
    expect(await settled).toMatchObject({
      status: 'error',
      error: { kind: 'truncated' },
      object: recipe,
      value: undefined,
    })
    expect(finished).toHaveLength(1)
  })

  test.each(['{"name":', 'words'])('the error of the stream is kept: %s', async (content) => {
    const { answer } = observeObject({ schema })
    const { settled, request } = await answer(text(content))
    request.fail(new TypeError('gone'))
    expect(await settled).toMatchObject({ status: 'error', error: { kind: 'network' } })
  })

  test('an abort also shows the last entries of a long list', async () => {
    const { answer, client } = observeObject<number[]>({})
    const { request } = await answer(text(`[${'0,'.repeat(10_000)}`))
    await sendAll(request, [text('1,2,')])
    expect(client.getState().object).toHaveLength(10_000)
    client.abort()
    expect(client.getState().object!.slice(-2)).toEqual([1, 2])
  })

  test('an abort keeps the object', async () => {
    const { answer, client } = observeObject({ schema })
    const { settled } = await answer(text('{"name":"So'))
    client.abort()
    expect(await settled).toMatchObject({
      status: 'aborted',
      object: { name: 'So' },
      value: undefined,
    })
  })

  test('a schema that throws is an error with its cause', async () => {
    const { answer } = observeObject({
      schema: z.string().transform((): never => {
        throw new Error('broken schema')
      }),
    })
    const { settled } = await answer(text('"x"'), finish())
    const { error } = await settled
    expect(error).toMatchObject({ kind: 'validation', cause: { message: 'broken schema' } })
    expect(error!.message).toContain('broken schema')
  })
})
