import type { CompletionError } from '../../errors/completion-error.ts'
import type { Channel } from './channel.ts'
import type { FinishReason } from './finish-reason.ts'
import type { JsonRecord } from '../../json/json-record.ts'
import type { Moderation } from './moderation.ts'
import type { Usage } from './usage.ts'

/** Properties of the whole completion. */
export interface Metadata {
  responseId?: string | undefined
  model?: string | undefined
  serviceTier?: string | undefined
  usage?: Usage | undefined
  moderation?: Moderation | undefined
}

/** A place in the output: a choice, and an item of it. */
interface Place {
  readonly choice: number
  /** Orders the items of a choice. Numbers may have gaps and arrive in any order. */
  readonly item: number
}

/** The place of a string: the part of its item, or 0 if the item has no parts. */
export interface StringPlace extends Place {
  readonly part: number
}

/** The meaning of an event of the wire, in one vocabulary for all formats. */
export type CompletionEvent =
  /** Sets properties of the whole completion. Absent and empty fields change nothing. */
  | ({ type: 'metadata' } & Metadata)
  /** A choice began, or properties of it that are not part of its output are known. */
  | {
      type: 'choice'
      choice: number
      /** Log probabilities of the next tokens of the text. */
      logprobs?: readonly unknown[] | undefined
      /** The model stopped for this reason, as the server calls it. More events may follow. */
      raw?: string | undefined
      /** What `raw` means; by default its meaning in OpenAI's formats. */
      reason?: FinishReason | undefined
    }
  /** An item began. `value` is what is known of it so far. */
  | ({ type: 'item-added'; value: JsonRecord } & Place)
  /**
   * Changes fields of an item. An object among them changes only the fields that it contains. Opens the item
   * if it is not open yet and `value` has its `type`.
   */
  | ({ type: 'item-changed'; value: JsonRecord } & Place)
  /** Sets one entry of a list in an open item. */
  | ({
      type: 'entry'
      /** The item's type. */
      of: string
      /** The names of the fields that lead to the list. */
      path: readonly [string, string?]
      index: number
      value: string | JsonRecord
    } & Place)
  /** An item is complete; `value` is authoritative. */
  | ({ type: 'item-done'; value: JsonRecord } & Place)
  /** The server withdrew an item: it was never part of the output. */
  | ({ type: 'item-removed' } & Place)
  /** A string grew. Opens the item and the part if they are not open yet. */
  | ({ type: 'delta'; channel: Channel; delta: string } & StringPlace)
  /** A string is complete; `value` is authoritative. */
  | ({ type: 'done'; channel: Channel; value: string } & StringPlace)
  /** A citation was added to a text. */
  | ({
      type: 'annotation'
      part: number
      /** Its place among the part's annotations; `undefined` for the next. */
      index: number | undefined
      annotation: JsonRecord
    } & Place)
  /** The transcript of the spoken answer grew. */
  | { type: 'transcript'; choice: number; delta: string }
  /** The complete output of a choice, authoritative. */
  | { type: 'output-done'; choice: number; items: readonly unknown[] }
  | Ending

/** The outcome of the completion. Nothing after it counts. */
export type Ending =
  /** The stream had the proper end of its format. */
  | { type: 'complete' }
  /** The stream ended without it. */
  | { type: 'truncated' }
  | { type: 'failed'; error: CompletionError }

/** Any event that is not the outcome. */
export type ContentEvent = Exclude<CompletionEvent, Ending>

/** Whether an event is the outcome. */
export function isEnding(event: CompletionEvent): event is Ending {
  const { type } = event
  return type === 'complete' || type === 'failed' || type === 'truncated'
}

/** The event for a string that grew by `text`, or that is complete and equals `text`. */
export function stringEvent(
  channel: Channel,
  place: StringPlace,
  text: string,
  isWhole: boolean,
): CompletionEvent {
  return isWhole
    ? { type: 'done', channel, ...place, value: text }
    : { type: 'delta', channel, ...place, delta: text }
}

export type Emit = (event: CompletionEvent) => void
