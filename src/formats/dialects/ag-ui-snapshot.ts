import { arrayOf, recordOf, recordsOf, stringOf, type JsonRecord } from '../../json/json-record.ts'
import type { FormatOutput } from '../format-output.ts'
import { inCamelCase } from './camel-case.ts'

/**
 * Writes the messages that only the snapshot of the conversation contains: those at its end that were not streamed, for
 * example because the agent wrote them without a model. They begin after the last message of the user.
 *
 * @param streamed the ids of the messages and calls of the stream
 */
export function readSnapshot(
  messages: readonly JsonRecord[],
  streamed: ReadonlySet<string>,
  output: FormatOutput,
): void {
  const isStreamed = ({ id, toolCalls, toolCallId }: JsonRecord) =>
    [id, toolCallId, ...recordsOf(toolCalls).map((call) => call['id'])].some((id) =>
      streamed.has(stringOf(id) ?? ''),
    )
  const all = messages.map(inCamelCase)
  const end = all.findLastIndex((message) => message['role'] === 'user' || isStreamed(message))
  // Some servers store messages under other ids than those in the stream.
  if (streamed.size > 0 && !all.some(isStreamed)) return
  for (const message of all.slice(end + 1)) readMessage(message, output)
}

function readMessage(message: JsonRecord, output: FormatOutput) {
  const { role, content, toolCalls, toolCallId } = message
  const id = stringOf(message['id']) ?? ''
  if (role === 'reasoning') output.reasoning(textIn(content), id)
  if (role === 'tool') {
    const callId = stringOf(toolCallId) ?? ''
    output.item(`output ${callId}`, toolOutput(callId, content))
  }
  if (role !== 'assistant') return
  output.text(textIn(content), id)
  for (const call of recordsOf(toolCalls)) {
    const { name, arguments: input } = recordOf(call['function'])
    const callId = stringOf(call['id']) ?? ''
    output.toolCall({ id: callId, name: stringOf(name), input, status: 'completed' })
  }
}

/** The item of a tool's output. */
export function toolOutput(callId: string, content: unknown): JsonRecord {
  return { type: 'function_call_output', call_id: callId, output: content, status: 'completed' }
}

/** The text of a content: a string, or a list of parts. */
function textIn(content: unknown): string {
  const parts = arrayOf(content).map((part) => stringOf(recordOf(part)['text']) ?? '')
  return stringOf(content) ?? parts.join('')
}
