import { expect } from 'vitest'
import type { ChoiceContent } from '../../../src/completion/state.ts'

type Json = Record<string, unknown>

/** Where the calls that the app runs have their arguments. */
const callFields: Record<string, string> = {
  function_call: 'arguments',
  custom_tool_call: 'input',
  apply_patch_call: 'operation',
  computer_call: 'action',
  local_shell_call: 'action',
  shell_call: 'action',
}

/** Checks that the channels of a state agree with its output, which is read again independently. */
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
      .filter(({ type }) => String(type) in callFields)
      .map((item) => {
        const value = item[callFields[String(item['type'])]!]
        const text = typeof value === 'string' ? value : JSON.stringify(value)
        const name = item['name'] ?? String(item['type']).replace('_call', '')
        return [name, text, item['status'] ?? 'in_progress']
      }),
  )
  expect(content.images.map(({ id }) => id)).toEqual(
    items.filter(({ type }) => type === 'image_generation_call').map(({ id }) => id),
  )
}
