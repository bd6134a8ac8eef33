import type { MessageItem, OutputItem } from '../completion/output-item.ts'
import { answersIn, isForApp } from '../completion/tool-calls.ts'
import { textOf, type JsonRecord } from '../json/json-record.ts'
import type { DescribedTool } from '../tools/tool-set.ts'
import { isAnswered, type ToolResult } from '../tools/tool-result.ts'
import type { AssistantTurn, Turn } from './turn.ts'

/** Everything that a request for the next answer can contain. */
export interface ConversationRequest<Input = unknown> {
  /** The turns so far, the newest last: a question, or an answer whose tools have run. */
  readonly turns: readonly Turn<Input>[]
  /** The answer that the new one replaces: after `regenerate`. */
  readonly replaced?: Turn<Input> | undefined
  readonly instructions: string | undefined
  readonly tools: readonly DescribedTool[]
}

/**
 * Converts a conversation to a request. The result is the input of the completion: it is sent as the body,
 * and the options `body`, `url`, `headers` and `source` receive it.
 */
export type ConversationApi<Input = unknown, Request = unknown> = (
  request: ConversationRequest<Input>,
) => Request

/** An item of an answer, with its result if it is a call. */
export interface AnsweredItem {
  readonly item: OutputItem
  readonly result?: ToolResult | undefined
}

/** The items of an answer that the next request may contain. */
export interface SendableAnswer {
  /**
   * Whether the answer can be sent back unchanged: it ended properly, and each of its calls has an output.
   * Otherwise `items` contains only the messages and the calls that have outputs.
   */
  readonly isWhole: boolean
  readonly items: readonly AnsweredItem[]
}

/** Selects the items of an answer that can be sent to the model: never a call without its output. */
export function sendable(turn: AssistantTurn): SendableAnswer {
  const left = [...turn.results]
  const answered = answersIn(turn.output)
  let isWhole =
    turn.status === 'complete' && !/^(length|content-filter)$/.test(turn.finishReason ?? '')
  const items = turn.output.map((item): AnsweredItem => {
    const record = item as object as JsonRecord
    const isRequest = item.type.endsWith('approval_request')
    if (!(isRequest || isForApp(record, answered)) || answered.has(item.id)) return { item }
    const id = textOf(record['call_id']) || textOf(item.id)
    // Ids may be missing or duplicated, so each result is used for one call.
    const at = left.findIndex((result) => isAnswered(result) && result.id === (id || result.id))
    const [result] = at < 0 ? [] : left.splice(at, 1)
    // The API accepts only a screenshot as the output of a computer call, not a message.
    const hasOutput = result && (item.type !== 'computer_call' || result.status === 'complete')
    if (!hasOutput) isWhole = false
    return hasOutput ? { item, result } : { item }
  })
  return {
    isWhole,
    items: isWhole ? items : items.filter(({ item, result }) => result ?? item.type === 'message'),
  }
}

/** The text of a message, including a refusal. */
export function messageText({ content }: MessageItem): string {
  return content
    .map((part) => (part.type === 'output_text' ? part.text : textOf(part.refusal)))
    .join('')
}
