// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { randomCutting, seededRandom } from '../../scripts/check-wire/cuttings.mjs'
import { agUi, aiSdkUi, anthropicMessages, ollama, type CompletionFormat } from '../../src/core.ts'
import { bytesOf } from '../support/read-body.ts'
import { data, done, named } from '../support/wire-text.ts'
import { runs } from './support/runs.ts'
import { expectSame, readByFrame } from './support/same-without-frames.ts'
import { stretch } from './support/stretch.ts'

const timeout = 600_000

interface Dialect {
  format: CompletionFormat
  /** Encodes one event for a body. */
  spell: (event: Record<string, unknown>) => string
  events: readonly Record<string, unknown>[]
  end: string
}

const line = (event: object) => `${JSON.stringify(event)}\n`
const chat = { model: 'llama3', created_at: '2026-01-02T03:04:05.678Z' }
const anthropicDelta = (index: number, delta: object) => ({
  type: 'content_block_delta',
  index,
  delta,
})

const dialects: Record<string, Dialect> = {
  aiSdkUi: {
    format: aiSdkUi,
    spell: data,
    events: [
      { type: 'start', messageId: 'm' },
      { type: 'start-step' },
      { type: 'reasoning-start', id: '0' },
      { type: 'reasoning-delta', id: '0', delta: 'Hm' },
      { type: 'reasoning-end', id: '0' },
      { type: 'text-start', id: '0' },
      { type: 'text-delta', id: '0', delta: 'Hi' },
      { type: 'text-delta', id: '1', delta: 'Ho', messageMetadata: { model: 'm' } },
      { type: 'text-end', id: '0' },
      { type: 'tool-input-start', toolCallId: 'c', toolName: 'f' },
      { type: 'tool-input-delta', toolCallId: 'c', inputTextDelta: '{}' },
      { type: 'reset-step' },
      { type: 'finish', finishReason: 'stop' },
    ],
    end: done,
  },
  anthropicMessages: {
    format: anthropicMessages,
    spell: (event) => named(event['type'] as string, event),
    events: [
      { type: 'message_start', message: { id: 'm', model: 'claude', usage: { input_tokens: 1 } } },
      { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '' } },
      anthropicDelta(0, { type: 'thinking_delta', thinking: 'Hm' }),
      { type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } },
      anthropicDelta(1, { type: 'text_delta', text: 'Hi' }),
      anthropicDelta(1, { type: 'text_delta', text: 'Ho', thinking: 'Hm' }),
      { type: 'content_block_stop', index: 1 },
      { type: 'content_block_start', index: 2, content_block: { type: 'tool_use', id: 'c' } },
      anthropicDelta(2, { type: 'input_json_delta', partial_json: '1' }),
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 9 } },
    ],
    end: named('message_stop', { type: 'message_stop' }),
  },
  ollama: {
    format: ollama,
    spell: line,
    events: [
      { ...chat, message: { role: 'assistant', thinking: 'Hm', content: '' }, done: false },
      { ...chat, message: { role: 'assistant', content: 'Hi' }, done: false },
      { ...chat, message: { role: 'assistant', content: 'Hi', thinking: 'Hi' }, done: false },
      { ...chat, response: 'Ho', done: false },
      { ...chat, message: { content: '', tool_calls: [{ function: { name: 'f' } }] } },
      { ...chat, response: 'Ho', eval_count: 3 },
    ],
    end: line({ ...chat, done: true, done_reason: 'stop', eval_count: 9 }),
  },
  agUi: {
    format: agUi,
    spell: data,
    events: [
      { type: 'RUN_STARTED', runId: 'r' },
      { type: 'REASONING_MESSAGE_CONTENT', messageId: 'r', delta: 'Hm' },
      { type: 'TEXT_MESSAGE_START', messageId: 'm', role: 'assistant' },
      { type: 'TEXT_MESSAGE_CONTENT', messageId: 'm', delta: 'Hi', timestamp: 17 },
      { type: 'TEXT_MESSAGE_CONTENT', messageId: 'u', role: 'user', delta: 'Ho' },
      { type: 'TOOL_CALL_START', toolCallId: 'c', toolCallName: 'f' },
      { type: 'TOOL_CALL_ARGS', toolCallId: 'c', delta: '{}' },
      { type: 'TEXT_MESSAGE_CONTENT', messageId: 'm', delta: 'Hi', model: 'm' },
    ],
    end: data({ type: 'RUN_FINISHED' }),
  },
}

test.each(Object.keys(dialects))(
  '%s: any stream leads to the same state, however its events vary and wherever it is cut',
  { timeout },
  async (name) => {
    const { format, spell, events, end } = dialects[name]!
    const before = readByFrame()
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...events), { maxLength: 20 }),
        fc.option(fc.record({ textLength: fc.nat(60), eventLength: fc.nat(300) }), {
          nil: undefined,
          freq: 5,
        }),
        fc.nat(),
        async (order, limits, seed) => {
          const random = seededRandom(seed)
          const body = stretch([...events, ...order].map(spell).join('') + end, random)
          await expectSame([bytesOf(body)], { format, limits })
          await expectSame(randomCutting(bytesOf(body), random), { format, limits })
        },
      ),
      runs(300),
    )
    // Without this, the test would also pass for a reader that never uses frames.
    expect(readByFrame() - before).toBeGreaterThan(500)
  },
)
