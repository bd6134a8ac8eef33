import { arrayOf, textOf } from '../json/json-record.ts'
import { parseOpenJson } from '../json/parse-open-json.ts'
import { isToolCall } from './item-shape.ts'
import { keepIdentity } from './merge.ts'
import type {
  CustomToolCallItem,
  FunctionCallItem,
  GeneratedImage,
  HostedItem,
  OutputItem,
  ToolCall,
} from './output-item.ts'
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
  previous: OutputContent,
): OutputContent {
  let text = ''
  let reasoning = ''
  let refusal = ''
  const toolCalls: ToolCall[] = []
  const annotations: unknown[] = []
  const images: GeneratedImage[] = []

  for (const item of output) {
    if (item.type === 'message') {
      for (const part of item.content) {
        if (part.type === 'refusal') refusal += part.refusal
        if (part.type !== 'output_text') continue
        text += part.text
        // Not spread into a call: there is no limit to how many there are.
        for (const annotation of arrayOf(part.annotations)) annotations.push(annotation)
      }
    } else if (item.type === 'reasoning') {
      for (const part of [...item.summary, ...(item.content ?? [])]) reasoning += textOf(part.text)
    } else if (item.type === 'image_generation_call') {
      images.push(imageOf(item))
    } else if (isToolCall(item)) {
      toolCalls.push(toolCallOf(item as FunctionCallItem | CustomToolCallItem, toolCalls.length))
    }
  }

  return {
    text,
    reasoning,
    refusal,
    output,
    toolCalls: keepIdentity(previous.toolCalls, toolCalls),
    annotations: keepIdentity(previous.annotations, annotations),
    images: keepIdentity(previous.images, images),
  }
}

// An item never changes, so neither does what was read off it, wherever in the output it stands.
const derived = new WeakMap<OutputItem, object>()

function sameAsBefore<T extends object>(item: OutputItem, next: T): T {
  const kept = keepIdentity((derived.get(item) ?? {}) as T, next)
  derived.set(item, kept)
  return kept
}

function toolCallOf(item: FunctionCallItem | CustomToolCallItem, position: number): ToolCall {
  const custom = item.type === 'custom_tool_call'
  const text = custom ? item.input : item.arguments
  let parsed: { input: unknown } | undefined
  const call = {
    // Some servers send no id; the app still needs something to tell its calls apart.
    id: item.call_id ?? item.id ?? `call_${position}`,
    type: custom ? 'custom' : 'function',
    name: item.name,
    arguments: text,
    status: item.status ?? 'in_progress',
  }
  // Not enumerable: what walks over a state would parse what nobody reads.
  Object.defineProperty(call, 'input', {
    get: () => (parsed ??= { input: custom ? text : parseOpenJson(text) }).input,
  })
  return sameAsBefore(item, call as ToolCall)
}

function imageOf(item: HostedItem): GeneratedImage {
  const { id, result, partial_image_b64: preview, output_format: format, status } = item
  const final = textOf(result)
  return sameAsBefore(item, {
    id,
    base64: final || textOf(preview) || undefined,
    partial: !final,
    format: textOf(format) || undefined,
    status: status ?? 'in_progress',
  })
}
