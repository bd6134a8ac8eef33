import { arrayOf, textOf, type JsonRecord } from '../json/json-record.ts'
import { keepIdentity } from './merge.ts'
import type {
  Annotation,
  Approval,
  GeneratedImage,
  HostedItem,
  OutputItem,
  ToolCall,
} from './output-item.ts'
import type { ChoiceContent } from './state.ts'
import { answersIn, approvalsOf, isForApp, toolCallOf } from './tool-calls.ts'

/** The output of a choice and what is derived from it. */
export type OutputContent = Pick<
  ChoiceContent,
  | 'text'
  | 'reasoning'
  | 'refusal'
  | 'commentary'
  | 'output'
  | 'toolCalls'
  | 'approvals'
  | 'annotations'
  | 'images'
>

/** What is derived from an output without items. */
export const emptyOutput: OutputContent = {
  text: '',
  reasoning: '',
  refusal: '',
  commentary: '',
  output: [],
  toolCalls: [],
  approvals: [],
  annotations: [],
  images: [],
}

/**
 * Derives the channels from the output, so that they always agree with it. Values that have not changed
 * since `previous` keep their identity.
 */
export function deriveChannels(
  output: readonly OutputItem[],
  previous: OutputContent,
): OutputContent {
  let text = ''
  let reasoning = ''
  let refusal = ''
  let commentary = ''
  const toolCalls: ToolCall[] = []
  const approvals: Approval[] = []
  const annotations: Annotation[] = []
  const images: GeneratedImage[] = []
  const answered = answersIn(output)
  /** The calls that wait for the user, and not for the app. */
  const unapproved = new Set<unknown>()

  for (const item of output) {
    if (item.type === 'message') {
      const isCommentary = item.phase === 'commentary'
      let words = ''
      for (const part of item.content) {
        if (part.type === 'refusal') refusal += part.refusal
        if (part.type !== 'output_text') continue
        words += part.text
        // Not spread into a call: there may be too many for its arguments.
        for (const annotation of arrayOf(part.annotations)) {
          annotations.push(annotation as Annotation)
        }
      }
      if (isCommentary) commentary += (commentary && words && '\n\n') + words
      else text += words
    } else if (item.type === 'reasoning') {
      for (const part of [...item.summary, ...(item.content ?? [])]) reasoning += textOf(part.text)
    } else if (item.type === 'image_generation_call') {
      images.push(imageOf(item))
    } else if (approvable.test(item.type)) {
      const { id, call_id: callId } = item as object as JsonRecord
      if (answered.has(id) || answered.has(callId)) continue
      if (item.type !== 'computer_call') unapproved.add(callId)
      for (const [request, approval] of approvalsOf(item, output)) {
        approvals.push(sameAsBefore(request, approval))
      }
    }
  }
  for (const item of output as object as JsonRecord[]) {
    const callId = item['call_id']
    if (isForApp(item, answered) && (callId === undefined || !unapproved.has(callId))) {
      toolCalls.push(sameAsBefore(item, toolCallOf(item, toolCalls.length)))
    }
  }

  return {
    text,
    reasoning,
    refusal,
    commentary,
    output,
    toolCalls: keepIdentity(previous.toolCalls, toolCalls),
    approvals: keepIdentity(previous.approvals, approvals),
    annotations: keepIdentity(previous.annotations, annotations),
    images: keepIdentity(previous.images, images),
  }
}

const approvable = /^((mcp_)?approval_request|computer_call)$/

// Items are immutable, so what is derived from one stays the same, wherever in the output it is.
const derived = new WeakMap<object, object>()

function sameAsBefore<T extends object>(item: object, next: T): T {
  const kept = keepIdentity((derived.get(item) ?? {}) as T, next)
  derived.set(item, kept)
  return kept
}

function imageOf(item: HostedItem): GeneratedImage {
  const { id, result, partial_image_b64: preview, output_format: format, url, status } = item
  const final = textOf(result)
  return sameAsBefore(item, {
    id,
    base64: final || textOf(preview) || undefined,
    url: textOf(url) || undefined,
    partial: !(final || url),
    format: textOf(format) || undefined,
    status: status ?? 'in_progress',
  })
}
