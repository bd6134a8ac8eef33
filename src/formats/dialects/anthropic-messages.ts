import type { CompletionFormat } from '../vocabulary/format.ts'
import type { FormatOutput } from '../format-output.ts'
import {
  arrayOf,
  isRecord,
  numberOf,
  recordOf,
  stringOf,
  type JsonRecord,
} from '../../json/json-record.ts'
import { foreignResponse } from '../../errors/protocol.ts'
import { parseJson } from '../../json/parse-json.ts'
import { defineDialect } from './define-dialect.ts'
import { mergeKnown } from './merge-known.ts'
import { sumOf } from './sum-of.ts'

/**
 * The events of Anthropic's Messages API
 * (https://platform.claude.com/docs/en/build-with-claude/streaming), or a whole message object.
 *
 * - `text` blocks → `text`, their citations → `annotations`; `thinking` blocks → `reasoning`
 * - `tool_use` blocks → `toolCalls`, with arguments from `input_json_delta`; blocks of tools that the
 *   provider runs itself → `output`, with their original type
 * - `message_start` and `message_delta` → `usage`, where `inputTokens` includes cached tokens
 * - `stop_reason` → `finishReason`, including `refusal`, whose explanation, if it has one, is the `refusal`
 *
 * The proper end is `message_stop`.
 */
export const anthropicMessages: CompletionFormat = /* @__PURE__ */ defineDialect({
  name: 'anthropicMessages',
  properEnd: 'message_stop',
  textPaths: [
    ['delta', 'text'],
    ['delta', 'thinking'],
  ],
  createRead() {
    const blocks = new Map<unknown, Block>()
    let usage: JsonRecord = {}
    let id: string | undefined
    let isExplained = false

    function readMessage(message: unknown, output: FormatOutput) {
      if (!isRecord(message)) return
      const next = stringOf(message['id']) ?? id
      // A gateway that tries again may write the second message after the first.
      if (id !== undefined && next !== id) output.fail(foreignResponse(id, next as string))
      id = next
      output.metadata({ responseId: id, model: stringOf(message['model']) })
      readOutcome(message, message['usage'], output)
    }

    function readOutcome(message: unknown, counts: unknown, output: FormatOutput) {
      if (isRecord(counts)) {
        usage = mergeKnown(usage, counts)
        output.usage(usageOf(usage))
      }
      const raw = isRecord(message) ? stringOf(message['stop_reason']) : undefined
      // Not the proper end yet: only `message_stop` shows that nothing is missing.
      if (raw) output.emit({ type: 'choice', choice: 0, raw })
      const { explanation } = recordOf(recordOf(message)['stop_details'])
      if (!isExplained) output.refusal(stringOf(explanation) ?? '')
      isExplained ||= typeof explanation === 'string'
    }

    function openBlock(index: unknown, value: unknown, output: FormatOutput) {
      if (!isRecord(value)) return
      const key = String(index)
      const block: Block = { value, key, callId: stringOf(value['id']) ?? key, json: '' }
      blocks.set(index, block)
      switch (value['type']) {
        case 'text':
        case 'thinking':
          readDelta(block, value, output)
          for (const citation of arrayOf(value['citations'])) {
            if (isRecord(citation)) output.annotation(annotationOf(citation), key)
          }
          break
        case 'tool_use':
          output.toolCall({ id: block.callId, name: stringOf(value['name']) })
          break
        case 'redacted_thinking':
          break
        default:
          output.item(key, { status: 'in_progress', ...value })
      }
    }

    function readDelta(block: Block, delta: JsonRecord, output: FormatOutput) {
      const { text, thinking, partial_json: json, citation } = delta
      if (typeof text === 'string') output.text(text, block.key)
      if (typeof thinking === 'string') output.reasoning(thinking, block.key)
      if (isRecord(citation)) output.annotation(annotationOf(citation), block.key)
      if (typeof json !== 'string') return
      block.json += json
      if (isToolUse(block)) output.toolCall({ id: block.callId, arguments: json })
    }

    function closeBlock(index: unknown, output: FormatOutput) {
      const block = blocks.get(index)
      if (!block) return
      const { value, key, callId, json } = block
      // A call without arguments has no pieces; some proxies send all arguments with the start.
      const whole = json === '' ? (value['input'] ?? {}) : undefined
      if (isToolUse(block)) output.toolCall({ id: callId, input: whole, status: 'completed' })
      else if (isHosted(block)) {
        const input = 'input' in value ? { input: whole ?? parseJson(json) ?? json } : {}
        output.item(key, { ...value, ...input, status: 'completed' })
      }
    }

    return (json, output) => {
      const { type, index, delta } = json
      switch (type) {
        case 'message_start':
          readMessage(json['message'], output)
          break
        case 'content_block_start':
          openBlock(index, json['content_block'], output)
          break
        case 'content_block_delta': {
          const block = blocks.get(index) ?? openByDelta(index)
          if (isRecord(delta)) readDelta(block, delta, output)
          break
        }
        case 'content_block_stop':
          closeBlock(index, output)
          break
        case 'message_delta':
          readOutcome(delta, json['usage'], output)
          break
        case 'message_stop':
          output.end()
          break
        case 'message':
          readMessage(json, output)
          for (const [position, block] of arrayOf(json['content']).entries()) {
            openBlock(position, block, output)
            closeBlock(position, output)
          }
          if (json['stop_reason']) output.end()
      }
    }

    /** For proxies that drop the start of a block. */
    function openByDelta(index: unknown): Block {
      const block = { value: { type: 'text' }, key: String(index), callId: String(index), json: '' }
      blocks.set(index, block)
      return block
    }
  },
})

/** The state of a content block. */
interface Block {
  /** The block as it started. */
  readonly value: JsonRecord
  readonly key: string
  readonly callId: string
  /** The pieces of the input so far. */
  json: string
}

/** A citation, with the address of a search result that the app has given. */
function annotationOf(citation: JsonRecord): JsonRecord {
  const source = stringOf(citation['source'])
  return source?.startsWith('http') ? { url: source, ...citation } : citation
}

function isToolUse({ value }: Block): boolean {
  return value['type'] === 'tool_use'
}

/** A block of a tool that the provider runs: a call or its result. */
function isHosted({ value }: Block): boolean {
  const own = ['text', 'thinking', 'redacted_thinking', 'tool_use']
  return !own.includes(String(value['type']))
}

function usageOf(raw: JsonRecord) {
  const cached = numberOf(raw['cache_read_input_tokens'])
  const written = numberOf(raw['cache_creation_input_tokens'])
  return {
    inputTokens: sumOf(raw['input_tokens'], written, cached),
    outputTokens: numberOf(raw['output_tokens']),
    cachedInputTokens: cached,
    cacheWriteTokens: written,
    raw,
  }
}
