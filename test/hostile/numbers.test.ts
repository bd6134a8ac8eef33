// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { chatChunk, completed, textDelta } from '../support/wire-text.ts'
import { readObjects } from './support/read-objects.ts'

const indexes: unknown[] = [
  -1,
  0.5,
  1e21,
  1e308,
  Number.MAX_SAFE_INTEGER,
  Number.MIN_VALUE,
  NaN,
  Infinity,
  -Infinity,
  '0',
  '1',
  'NaN',
  '__proto__',
  null,
  true,
  {},
  [],
  [1],
]

const end = completed()

describe.each(indexes.map((index) => [index]))('the index %j', (index) => {
  test('of items and parts loses no text', async () => {
    const state = await readObjects([
      { ...textDelta('a'), output_index: index, content_index: index },
      { ...textDelta('b'), output_index: index, content_index: index },
      {
        type: 'response.reasoning_summary_text.delta',
        output_index: index,
        summary_index: index,
        delta: 'Hm',
      },
      { type: 'response.refusal.delta', output_index: index, content_index: 9, delta: 'No' },
      end,
    ])
    expect(state).toMatchObject({ status: 'complete', text: 'ab', reasoning: 'Hm', refusal: 'No' })
  })

  test('of an item that another kind of event uses loses no text', async () => {
    const item = { type: 'hologram_call', content: 'text', summary: 7 }
    const state = await readObjects([
      { type: 'response.output_item.added', output_index: index, item },
      { ...textDelta('ab'), output_index: index },
      { type: 'response.reasoning_text.delta', output_index: index, delta: 'Hm' },
      { type: 'response.function_call_arguments.delta', output_index: index, delta: '{}' },
      end,
    ])
    expect(state).toMatchObject({ status: 'complete', text: 'ab', reasoning: 'Hm' })
    expect(state.output).toContainEqual(expect.objectContaining({ content: 'text', summary: 7 }))
  })

  test('of a citation loses no citation', async () => {
    const citation = (url: string) => ({
      type: 'response.output_text.annotation.added',
      output_index: 0,
      content_index: 0,
      annotation_index: index,
      annotation: { type: 'url_citation', url },
    })
    const first = { ...citation('a'), annotation_index: 0 }
    const state = await readObjects([textDelta('ab'), first, citation('b'), end])
    expect(state).toMatchObject({ status: 'complete', text: 'ab' })
    expect(state.annotations).toHaveLength(2)
    expect(Object.keys(state.annotations)).toEqual(['0', '1'])
  })

  test('of a shell command leaves the list of commands short', async () => {
    const place = { output_index: 0, command_index: index }
    const state = await readObjects([
      { type: 'response.shell_call_command.added', ...place, command: 'ls' },
      { type: 'response.shell_call_command.delta', ...place, delta: ' -l' },
      {
        type: 'response.shell_call_output_content.delta',
        output_index: 1,
        command_index: index,
        delta: { stdout: 'a' },
      },
      textDelta('ab', 2),
      end,
    ])
    expect(state).toMatchObject({ status: 'complete', text: 'ab' })
    for (const item of state.output as unknown as Record<string, unknown>[]) {
      const { commands = [] } = (item['action'] ?? {}) as { commands?: string[] }
      expect(commands.length).toBeLessThan(2)
      for (const command of commands) expect(command).toBe('ls -l')
    }
  })

  test('of choices and calls loses nothing', async () => {
    const call = (fields: object) => ({ index, ...fields })
    const chunk = (delta: object, finish: string | null = null) => ({
      choices: [{ index, delta, finish_reason: finish }],
    })
    const state = await readObjects(
      [
        chunk({ content: 'a' }),
        chunk({ tool_calls: [call({ id: 'c', function: { name: 'f', arguments: '{' } })] }),
        chunk({ tool_calls: [call({ function: { arguments: '}' } })] }),
        chunk({ content: 'b' }, 'stop'),
      ],
      { format: 'openai-chat' },
    )
    expect(state).toMatchObject({
      status: 'complete',
      text: 'ab',
      toolCalls: [{ id: 'c', name: 'f', arguments: '{}' }],
    })
  })
})

describe.each([[0], [NaN], [null], [{ a: 1 }], [['x']], [true], [{ toString: null }]])(
  'a delta that is %j',
  (value) => {
    test('is not text in any channel of a response', async () => {
      const channels = [
        'output_text',
        'refusal',
        'reasoning_text',
        'reasoning_summary_text',
        'function_call_arguments',
        'custom_tool_call_input',
        'mcp_call_arguments',
        'code_interpreter_call_code',
        'shell_call_command',
        'shell_call_output_content',
        'audio.transcript',
      ]
      const hostile = channels.flatMap((channel) => [
        { type: `response.${channel}.delta`, output_index: 0, delta: value, logprobs: value },
        {
          type: `response.${channel}.done`,
          output_index: 0,
          text: value,
          refusal: value,
          arguments: value,
          input: value,
          code: value,
          command: value,
          output: value,
        },
      ])
      const state = await readObjects([textDelta('a'), ...hostile, textDelta('b'), end])
      expect(state).toMatchObject({
        status: 'complete',
        text: 'ab',
        reasoning: '',
        refusal: '',
        transcript: '',
        toolCalls: [],
        logprobs: undefined,
      })
    })

    test('is not text in any field of a chat', async () => {
      const state = await readObjects([
        chatChunk({ content: 'a' }),
        chatChunk({
          content: { text: value },
          refusal: value,
          reasoning_content: value,
          reasoning: value,
          reasoning_details: value,
          audio: { transcript: value },
          function_call: { name: value, arguments: value },
          tool_calls: value,
        }),
        chatChunk({ content: 'b' }, 'stop'),
      ])
      expect(state).toMatchObject({
        status: 'complete',
        text: 'ab',
        reasoning: '',
        refusal: '',
        transcript: '',
        toolCalls: [],
      })
    })
  },
)

test.each([0, 42, -1.5, true, false])(
  'a token of a chat that is %j is text, since some servers parse tokens as JSON',
  async (token) => {
    const state = await readObjects([
      chatChunk({ content: 'a ' }),
      chatChunk({ content: token }),
      chatChunk({ content: ' b' }, 'stop'),
    ])
    expect(state).toMatchObject({ status: 'complete', text: `a ${token} b` })
  },
)
