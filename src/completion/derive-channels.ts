import { parseOpenJson } from '../json/parse-open-json.ts'
import type { GeneratedImage, HostedItem, OutputItem, ToolCall } from './output-item.ts'
import type { ChoiceContent } from './state.ts'

/** The output of a choice and what is read off it. */
export type OutputContent = Pick<
  ChoiceContent,
  'text' | 'reasoning' | 'refusal' | 'output' | 'toolCalls' | 'annotations' | 'images'
>

/** What is read off an output without items. */
export const emptyOutput: OutputContent = {
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
  previous: OutputContent = emptyOutput,
): OutputContent {
  let text = ''
  let reasoning = ''
  let refusal = ''
  const toolCalls: ToolCall[] = []
  const annotations: unknown[] = []
  const images: GeneratedImage[] = []

  for (const item of output) {
    switch (item.type) {
      case 'message':
        for (const part of item.content) {
          switch (part.type) {
            case 'output_text':
              text += part.text
              // Not spread into a call: there is no limit to how many there are.
              for (const annotation of part.annotations ?? []) annotations.push(annotation)
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
      case 'custom_tool_call':
        toolCalls.push(toolCallOf(item, toolCalls.length))
        break
      case 'image_generation_call':
        images.push(imageOf(item))
        break
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

// An item never changes, so neither does what was read off it, wherever in the output it stands.
const toolCallOfItem = new WeakMap<OutputItem, ToolCall>()
const imageOfItem = new WeakMap<OutputItem, GeneratedImage>()

function toolCallOf(
  item: Extract<OutputItem, { type: 'function_call' | 'custom_tool_call' }>,
  position: number,
): ToolCall {
  // Some servers send no id; the app still needs something to tell its calls apart.
  const id = item.call_id ?? item.id ?? `call_${position}`
  const known = toolCallOfItem.get(item)
  if (known?.id === id) return known
  const custom = item.type === 'custom_tool_call'
  const text = custom ? item.input : item.arguments
  let parsed: { input: unknown } | undefined
  const call = Object.defineProperty(
    {
      id,
      type: custom ? 'custom' : 'function',
      name: item.name,
      arguments: text,
      status: item.status ?? 'in_progress',
    },
    'input',
    // Not enumerable: what walks over a state would parse what nobody reads.
    { get: () => (parsed ??= { input: custom ? text : parseOpenJson(text) }).input },
  ) as ToolCall
  toolCallOfItem.set(item, call)
  return call
}

function imageOf(item: HostedItem): GeneratedImage {
  const known = imageOfItem.get(item)
  if (known) return known
  const { id, result, partial_image_b64: preview, output_format: format, status } = item
  const image: GeneratedImage = {
    id,
    base64: textOf(result) ?? textOf(preview),
    partial: textOf(result) === undefined,
    format: textOf(format),
    status: status ?? 'in_progress',
  }
  imageOfItem.set(item, image)
  return image
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
