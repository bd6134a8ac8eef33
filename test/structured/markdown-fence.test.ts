// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { observeObject } from './support/observe-object.ts'
import { finish, schema, text } from './support/recipe.ts'

describe('a Markdown fence', () => {
  const json = '{"name":"Soup","steps":["``` in a string"]}'

  test.each([
    ['with a language', `\`\`\`json\n${json}\n\`\`\``],
    ['without one', `\`\`\`\n${json}\n\`\`\`\n`],
    ['after blank lines', `\n\n\`\`\`json\r\n${json}\r\n\`\`\``],
    ['with words after it', `\`\`\`json\n${json}\n\`\`\`\nEnjoy your \`meal\`!`],
    ['that is never closed', `\`\`\`json\n${json}`],
  ])('%s is removed, wherever the text is cut', async (_, content) => {
    for (const length of [1, 2, 5, 1000]) {
      const { answer } = observeObject({ schema })
      const pieces = content.match(new RegExp(`[^]{1,${length}}`, 'g'))!
      const { settled } = await answer(pieces.map(text).join('') + finish())
      expect(await settled).toMatchObject({ status: 'complete', value: JSON.parse(json) as object })
    }
  })

  test('is never shown while it streams', async () => {
    const { answer, published } = observeObject({})
    await answer(text('`'), text('``js'), text('on'), text('\n'), text('["a'))
    expect(published.map(({ object }) => object).filter((object) => object !== undefined)).toEqual([
      ['a'],
    ])
  })

  test.each([1, 2, 5, 1000])(
    'words before its end are invalid, in pieces of %i',
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
  ])('does not complete incomplete JSON: %j', async (content) => {
    const { answer } = observeObject({})
    const { settled } = await answer(text(content), finish())
    expect(await settled).toMatchObject({ status: 'error', error: { kind: 'validation' } })
  })
})
