// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { moderationGate } from '../../src/core.ts'
import { turns } from '../client/support/turns.ts'
import { completed, responsesStream, textDelta } from '../support/wire-text.ts'
import { functionCall, itemDone } from '../support/responses-items.ts'
import { observeObject, sendAll } from './support/observe-object.ts'
import { finish, moreArguments, recipe, text, toolCall } from './support/recipe.ts'

const schema = z.object({ name: z.string(), steps: z.array(z.string()) })

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

  test('what has not changed keeps its identity from state to state', async () => {
    const { answer, client } = observeObject<{ rows: object[] }>({})
    const { request } = await answer(text('{"rows":[{"n":1},{"n"'))
    const first = client.getState().object!.rows![0]
    await sendAll(request, [text(':2},{'), text('"n":3}]')])
    expect(client.getState().object!.rows).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
    expect(client.getState().object!.rows![0]).toBe(first)
  })

  test('a new run begins without an object, and reset takes it away', async () => {
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

  test('a text that an authoritative value replaces is read anew', async () => {
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

  test('a replacement of the same length is noticed too', async () => {
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

  test('value is what the schema makes of the JSON', async () => {
    const upper = z.object({ name: z.string().transform((name) => name.length) })
    const { answer } = observeObject({ schema: upper })
    const { settled } = await answer(text(json), finish())
    expect(await settled).toMatchObject({ object: recipe, value: { name: 4 } })
  })

  test('without a schema value is the JSON', async () => {
    const { answer } = observeObject({})
    const { settled } = await answer(text(` ${json}\n`), finish())
    expect(await settled).toMatchObject({ status: 'complete', value: recipe })
  })

  test('JSON that does not match is an error with the issues, and the object stays', async () => {
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
    ['is cut off by the token limit', '{"name":"So', 'length', /too early.+length/],
    ['stops though nothing cut it off', '{"name":"Soup","steps":["Ch', 'stop', /too early/],
    ['is cut by a filter', '{"name":', 'content_filter', /too early.+content-filter/],
    ['breaks the rules of JSON', '{"name":"Soup",}', 'stop', /wrong at “}”/],
    ['goes on after its end', '{"name":"Soup"} Enjoy!', 'stop', /wrong at “Enjoy!”/],
    ['begins with words', 'Here is the recipe:\n{"name":"Soup"}', 'stop', /wrong at “Here is the/],
    ['is empty', '', 'stop', /'text' is missing/],
    ['is a word that begins like JSON', 'nothing', 'stop', /wrong at “othing”/],
  ])('an answer that %s is no success', async (_, content, reason, message) => {
    const { answer, finished } = observeObject({})
    const { settled } = await answer(text(content), finish(reason))
    const result = await settled
    expect(result).toMatchObject({ status: 'error', text: content, value: undefined })
    expect(result.error).toMatchObject({ kind: 'validation', issues: undefined })
    expect(result.error!.message).toMatch(message)
    expect(finished).toEqual([result])
  })

  test('a refusal is no success, and its words stay where they belong', async () => {
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

  test('whole JSON in a stream that was cut off is truncated', async () => {
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

  test.each(['{"name":', 'words'])('the error of the stream stands: %s', async (content) => {
    const { answer } = observeObject({ schema })
    const { settled, request } = await answer(text(content))
    request.fail(new TypeError('gone'))
    expect(await settled).toMatchObject({ status: 'error', error: { kind: 'network' } })
  })

  test('an abort keeps the end of a long list too, that waited for more of it', async () => {
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

describe('a schema that validates later', () => {
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

  test('settles the run when it has answered', async () => {
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

  test('is not waited for once the run is aborted', async () => {
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

  test('answers in the same breath as an abort: the run is aborted, and has no value', async () => {
    const { schema, resolve } = deferred()
    const { answer, client } = observeObject<number>({ schema })
    const { settled } = await answer(text('{"a":1}'), finish())
    resolve({ value: 7 })
    client.abort()
    expect(await settled).toMatchObject({ status: 'aborted', value: undefined })
  })
})

describe('a Markdown fence', () => {
  const json = '{"name":"Soup","steps":["``` in a string"]}'

  test.each([
    ['with a language', `\`\`\`json\n${json}\n\`\`\``],
    ['without one', `\`\`\`\n${json}\n\`\`\`\n`],
    ['after blank lines', `\n\n\`\`\`json\r\n${json}\r\n\`\`\``],
    ['with words after it', `\`\`\`json\n${json}\n\`\`\`\nEnjoy your \`meal\`!`],
    ['that is never closed', `\`\`\`json\n${json}`],
  ])('%s is taken off, wherever the text is cut', async (_, content) => {
    for (const length of [1, 2, 5, 1000]) {
      const { answer } = observeObject({ schema })
      const pieces = content.match(new RegExp(`[^]{1,${length}}`, 'g'))!
      const { settled } = await answer(pieces.map(text).join('') + finish())
      expect(await settled).toMatchObject({ status: 'complete', value: JSON.parse(json) as object })
    }
  })

  test('shows nothing of itself while it streams', async () => {
    const { answer, published } = observeObject({})
    await answer(text('`'), text('``js'), text('on'), text('\n'), text('["a'))
    expect(published.map(({ object }) => object).filter((object) => object !== undefined)).toEqual([
      ['a'],
    ])
  })

  test.each([1, 2, 5, 1000])(
    'words before it closes are wrong, in pieces of %i',
    async (length) => {
      const { answer } = observeObject({})
      const pieces = '```json\n{} x\n```'.match(new RegExp(`[^]{1,${length}}`, 'g'))!
      const { settled } = await answer(...pieces.map(text), finish())
      expect(await settled).toMatchObject({ status: 'error', error: { kind: 'validation' } })
    },
  )

  test.each([
    '```json\n{"name":"Soup"\n```',
    '```json\n```',
    '``{}',
    '```json',
    '```json\n{} x\n```',
  ])('does not make whole what is not: %j', async (content) => {
    const { answer } = observeObject({})
    const { settled } = await answer(text(content), finish())
    expect(await settled).toMatchObject({ status: 'error', error: { kind: 'validation' } })
  })
})

describe('the arguments of a tool call', () => {
  test('are read as they stream, in place of the text', async () => {
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

  test('are read from an item that comes whole', async () => {
    const { answer } = observeObject({ from: { tool: 'save' } })
    const item = functionCall('call_1', 'save', '{"n":1}')
    const { settled } = await answer(responsesStream(itemDone(0, item), completed([item])))
    expect(await settled).toMatchObject({ status: 'complete', value: { n: 1 } })
  })

  test('that never came are an error that names the tool', async () => {
    const { answer } = observeObject({ from: { tool: 'save' } })
    const { settled } = await answer(text('{}'), toolCall('find', '{}'), finish('tool_calls'))
    const { error } = await settled
    expect(error).toMatchObject({ kind: 'validation' })
    expect(error!.message).toContain("'save'")
  })
})

describe('with a moderation gate', () => {
  test('nothing of the object shows before it is cleared', async () => {
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

  test('a flag on whole JSON is no validation, and takes the object back with the text', async () => {
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

  test('a plain object in its place is told apart', async () => {
    const { client } = observeObject({ moderate: { check: () => false } as never })
    expect(() => client.start('go')).toThrow('moderationGate')
  })
})
