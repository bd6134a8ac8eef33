import type { ChoiceContent } from './state.ts'
import type { OutputItem, ToolCall } from './output-item.ts'

/** The output of a choice and what is read off it. */
export type OutputContent = Pick<
  ChoiceContent,
  'text' | 'reasoning' | 'refusal' | 'output' | 'toolCalls'
>

const none: OutputContent = { text: '', reasoning: '', refusal: '', output: [], toolCalls: [] }

/**
 * Reads the channels off the output, so that they can never disagree with it. What did not change
 * since `previous` keeps its identity.
 */
export function deriveChannels(
  output: readonly OutputItem[],
  previous: OutputContent = none,
): OutputContent {
  let text = ''
  let reasoning = ''
  let refusal = ''
  const toolCalls: ToolCall[] = []

  for (const [position, item] of output.entries()) {
    switch (item.type) {
      case 'message':
        for (const part of item.content) {
          switch (part.type) {
            case 'output_text':
              text += part.text
              break
            case 'refusal':
              refusal += part.refusal
          }
        }
        break
      case 'reasoning':
        for (const part of item.summary) reasoning += part.text
        for (const part of item.content ?? []) reasoning += part.text
        break
      case 'function_call':
      case 'custom_tool_call': {
        const known = previous.toolCalls[toolCalls.length]
        const unchanged = known !== undefined && previous.output[position] === item
        toolCalls.push(unchanged ? known : toolCallOf(item, toolCalls.length))
        break
      }
    }
  }

  return {
    text,
    reasoning,
    refusal,
    output,
    toolCalls: sameElements(toolCalls, previous.toolCalls) ? previous.toolCalls : toolCalls,
  }
}

function toolCallOf(
  item: Extract<OutputItem, { type: 'function_call' | 'custom_tool_call' }>,
  position: number,
): ToolCall {
  const custom = item.type === 'custom_tool_call'
  return {
    // Some servers send none; the app still needs something to tell its calls apart.
    id: item.call_id ?? item.id ?? `call_${position}`,
    type: custom ? 'custom' : 'function',
    name: item.name,
    arguments: custom ? item.input : item.arguments,
    status: item.status ?? 'in_progress',
  }
}

function sameElements<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index])
}
