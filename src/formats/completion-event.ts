import type { CompletionError } from '../errors.ts'
import type { FinishReason } from './finish-reason.ts'
import type { JsonRecord } from './json.ts'
import type { Moderation } from './moderation.ts'
import type { Usage } from './usage.ts'

/**
 * A string of an output item that grows: the text and the refusal of a message, the two kinds of
 * reasoning, the arguments of a function call or of a call to a remote (MCP) tool, the input of a
 * custom tool call, the code of a code interpreter call.
 */
export type Channel =
  | 'text'
  | 'refusal'
  | 'reasoning'
  | 'reasoning-summary'
  | 'arguments'
  | 'mcp-arguments'
  | 'code'
  | 'input'

/** Where in the output: which choice, which item of it, and which part of the item. */
interface Place {
  choice: number
  /** Orders the items of a choice. Need not be dense, nor arrive in order. */
  item: number
}

/** What an event of the wire means, in one vocabulary for all formats. */
export type CompletionEvent =
  /** Who is answering. Fields that are absent or `undefined` change nothing. */
  | {
      type: 'metadata'
      responseId?: string | undefined
      model?: string | undefined
      serviceTier?: string | undefined
    }
  /** A choice began. It counts as one even while nothing of it has come. */
  | { type: 'choice-opened'; choice: number }
  /** An item began; `value` is the item as far as it is known. */
  | ({ type: 'item-added'; value: JsonRecord } & Place)
  /**
   * Some fields of an item are now these; an object among them changes only the fields that it has.
   * Opens the item if it is not open yet and `fields` has its `type`.
   */
  | ({ type: 'item-changed'; fields: JsonRecord } & Place)
  /** An item is whole; `value` is authoritative. */
  | ({ type: 'item-done'; value: JsonRecord } & Place)
  /** A string grew. Opens the item and the part if they are not open yet. */
  | ({ type: 'delta'; channel: Channel; part: number; delta: string } & Place)
  /** A string is whole; `value` is authoritative. */
  | ({ type: 'done'; channel: Channel; part: number; value: string } & Place)
  /** A citation was added to a text. */
  | ({
      type: 'annotation'
      part: number
      /** Its place among the part's annotations; `undefined` for the next. */
      index: number | undefined
      annotation: JsonRecord
    } & Place)
  /** Log probabilities of the next tokens of the text. */
  | { type: 'logprobs'; choice: number; values: readonly unknown[] }
  /** The transcript of the spoken answer grew. */
  | { type: 'transcript'; choice: number; delta: string }
  /** The whole output of a choice, authoritative. */
  | { type: 'output-done'; choice: number; items: readonly unknown[] }
  /** The model stopped. More events may follow. */
  | { type: 'finish'; choice: number; reason: FinishReason; raw: string }
  | { type: 'usage'; usage: Usage }
  | { type: 'moderation'; moderation: Moderation }
  /** Something in the stream says that the completion failed. Nothing after it counts. */
  | { type: 'failure'; error: CompletionError }
  /** Nothing that counts follows; `proper` says whether the format's own proper end was seen. */
  | { type: 'end'; proper: boolean }

export type Emit = (event: CompletionEvent) => void
