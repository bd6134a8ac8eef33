import type { GeneratedImage, HostedItem, OutputItem, ToolCall } from './output-item.ts'
import type { ChoiceContent } from './state.ts'

/** The output of a choice and what is read off it. */
export type OutputContent = Pick<
  ChoiceContent,
  'text' | 'reasoning' | 'refusal' | 'output' | 'toolCalls' | 'annotations' | 'images'
>

const none: OutputContent = {
  text: '',
  reasoning: '',
  refusal: '',
  output: [],
  toolCalls: [],
  annotations: [],
  images: [],
}

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
  const annotations: unknown[] = []
  const images: GeneratedImage[] = []

  for (const [position, item] of output.entries()) {
    const unchanged = previous.output[position] === item
    switch (item.type) {
      case 'message':
        for (const part of item.content) {
          switch (part.type) {
            case 'output_text':
              text += part.text
              if (part.annotations?.length) annotations.push(...part.annotations)
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
        const known = unchanged ? previous.toolCalls[toolCalls.length] : undefined
        toolCalls.push(known ?? toolCallOf(item, toolCalls.length))
        break
      }
      case 'image_generation_call': {
        const known = unchanged ? previous.images[images.length] : undefined
        images.push(known ?? imageOf(item))
        break
      }
    }
  }

  return {
    text,
    reasoning,
    refusal,
    output,
    toolCalls: keepIdentity(toolCalls, previous.toolCalls),
    annotations: keepIdentity(annotations, previous.annotations),
    images: keepIdentity(images, previous.images),
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

function imageOf(item: HostedItem): GeneratedImage {
  const { id, result, partial_image_b64: preview, output_format: format, status } = item
  return {
    id,
    base64: textOf(result) ?? textOf(preview),
    partial: textOf(result) === undefined,
    format: textOf(format),
    status: status ?? 'in_progress',
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** The list before, if it has the same elements. */
function keepIdentity<T>(next: readonly T[], previous: readonly T[]): readonly T[] {
  const same =
    next.length === previous.length && next.every((value, index) => value === previous[index])
  return same ? previous : next
}
