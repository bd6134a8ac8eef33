import { expect } from 'vitest'
import type { ChoiceContent } from '../../../src/completion/state.ts'

type Json = Record<string, unknown>

/** Holds what a state says in its channels to what its output holds, read anew and by hand. */
export function expectAgreement(content: ChoiceContent) {
  const items = content.output as unknown as Json[]
  const partsOf = (type: string, list: string) =>
    items.filter((item) => item['type'] === type).flatMap((item) => (item[list] ?? []) as Json[])
  const messageParts = partsOf('message', 'content')
  const textOf = (type: string, field: string) =>
    messageParts
      .filter((part) => part['type'] === type)
      .map((part) => part[field])
      .join('')

  expect(content.text).toBe(textOf('output_text', 'text'))
  expect(content.refusal).toBe(textOf('refusal', 'refusal'))
  expect(content.annotations).toEqual(messageParts.flatMap((part) => part['annotations'] ?? []))
  expect(content.reasoning).toBe(
    items
      .filter((item) => item['type'] === 'reasoning')
      .flatMap((item) => [...(item['summary'] as Json[]), ...((item['content'] ?? []) as Json[])])
      .map((part) => part['text'])
      .join(''),
  )
  expect(
    content.toolCalls.map(({ name, arguments: text, status }) => [name, text, status]),
  ).toEqual(
    items
      .filter(({ type }) => type === 'function_call' || type === 'custom_tool_call')
      .map((item) => [item['name'], item['arguments'] ?? item['input'], item['status']]),
  )
  expect(content.images.map(({ id }) => id)).toEqual(
    items.filter(({ type }) => type === 'image_generation_call').map(({ id }) => id),
  )
}
