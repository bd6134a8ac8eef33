import type { MessageItem, OutputItem } from '../completion/output-item.ts'
import { answersIn, isForApp } from '../completion/tool-calls.ts'
import { textOf, type JsonRecord } from '../json/json-record.ts'
import type { DescribedTool } from '../tools/tool-set.ts'
import { isAnswered, type ToolResult } from '../tools/tool-result.ts'
import type { AssistantTurn, Turn } from './turn.ts'

/** What the next answer is asked for with. */
export interface ConversationRequest<Input = unknown> {
  /** The turns that lead to it, the newest last: a question, or an answer whose tools have run. */
  readonly turns: readonly Turn<Input>[]
  readonly instructions: string | undefined
  readonly tools: readonly DescribedTool[]
}

/**
 * How a conversation becomes a request: what it returns is the input of the completion, so it is sent
 * as the body, or mapped by the options `body`, `url`, `headers` and `source`.
 */
export type ConversationApi<Input = unknown, Request = unknown> = (
  request: ConversationRequest<Input>,
) => Request

/** An item of an answer, and what became of it if it is a call. */
export interface AnsweredItem {
  readonly item: OutputItem
  readonly result?: ToolResult | undefined
}

/** The items of an answer that the next request may hold. */
export interface SendableAnswer {
  /**
   * Whether the answer may be sent back as it came: it ended properly, and every call in it has its
   * output. Of any other only the messages are here, and the calls that have outputs.
   */
  readonly isWhole: boolean
  readonly items: readonly AnsweredItem[]
}

/** Reads off an answer what the model may be told of it: never a call without its output. */
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
    // Ids may be missing or taken: each result belongs to one call.
    const at = left.findIndex((result) => isAnswered(result) && result.id === (id || result.id))
    const [result] = at < 0 ? [] : left.splice(at, 1)
    // The API takes a screenshot as the output of this call, and no message.
    const hasOutput = result && (item.type !== 'computer_call' || result.status === 'complete')
    if (!hasOutput) isWhole = false
    return hasOutput ? { item, result } : { item }
  })
  return {
    isWhole,
    items: isWhole ? items : items.filter(({ item, result }) => result ?? item.type === 'message'),
  }
}

/** The text of a message, or the words with which the model declined. */
export function messageText({ content }: MessageItem): string {
  return content
    .map((part) => (part.type === 'output_text' ? part.text : textOf(part.refusal)))
    .join('')
}
