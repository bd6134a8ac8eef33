import type { CompletionError } from '../../errors/completion-error.ts'
import type { Channel } from './channel.ts'
import type { FinishReason } from './finish-reason.ts'
import type { JsonRecord } from '../../json/json-record.ts'
import type { Moderation } from './moderation.ts'
import type { Usage } from './usage.ts'

/** What is said of the whole completion. */
export interface Metadata {
  responseId?: string | undefined
  model?: string | undefined
  serviceTier?: string | undefined
  usage?: Usage | undefined
  moderation?: Moderation | undefined
}

/** Where in the output: which choice, and which item of it. */
interface Place {
  readonly choice: number
  /** Orders the items of a choice. Need not be dense, nor arrive in order. */
  readonly item: number
}

/** Where a string stands: in which part of the item, if the item has parts. */
export interface StringPlace extends Place {
  readonly part: number
}

/** What an event of the wire means, in one vocabulary for all formats. */
export type CompletionEvent =
  /** Something is known of the whole completion. Fields that are absent or empty change nothing. */
  | ({ type: 'metadata' } & Metadata)
  /** A choice began, or something of it is known that stands beside its output. */
  | {
      type: 'choice'
      choice: number
      /** Log probabilities of the next tokens of the text. */
      logprobs?: readonly unknown[] | undefined
      /** The model stopped: the wire's word for why. More events may follow. */
      raw?: string | undefined
      /** What `raw` means; by default what it means in OpenAI's formats. */
      reason?: FinishReason | undefined
    }
  /** An item began; `value` is the item as far as it is known. */
  | ({ type: 'item-added'; value: JsonRecord } & Place)
  /**
   * Some fields of an item are now these; an object among them changes only the fields that it has.
   * Opens the item if it is not open yet and `value` has its `type`.
   */
  | ({ type: 'item-changed'; value: JsonRecord } & Place)
  /** One entry of a list in an item that is open is now this. */
  | ({
      type: 'entry'
      /** The item's type. */
      of: string
      /** The names of the field that holds the list, and of the field in that one. */
      path: readonly [string, string?]
      index: number
      value: string | JsonRecord
    } & Place)
  /** An item is whole; `value` is authoritative. */
  | ({ type: 'item-done'; value: JsonRecord } & Place)
  /** The server withdrew an item: it was never part of the output. */
  | ({ type: 'item-removed' } & Place)
  /** A string grew. Opens the item and the part if they are not open yet. */
  | ({ type: 'delta'; channel: Channel; delta: string } & StringPlace)
  /** A string is whole; `value` is authoritative. */
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
  /** The whole output of a choice, authoritative. */
  | { type: 'output-done'; choice: number; items: readonly unknown[] }
  | Ending

/** How the events say that the completion ended. Nothing after it counts. */
export type Ending =
  /** With the format's own proper end. */
  | { type: 'complete' }
  /** Without it. */
  | { type: 'truncated' }
  | { type: 'failed'; error: CompletionError }

/** An event that says something of the content, and not how the completion ended. */
export type ContentEvent = Exclude<CompletionEvent, Ending>

/** Whether nothing counts after an event. */
export function isEnding(event: CompletionEvent): event is Ending {
  const { type } = event
  return type === 'complete' || type === 'failed' || type === 'truncated'
}

/** The event for a string that grew by a text, or that is this text as a whole. */
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
