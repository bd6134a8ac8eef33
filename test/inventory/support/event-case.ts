import type {
  Response,
  ResponseOutputItem,
  ResponseStreamEvent,
} from 'openai/resources/responses/responses'
import type { CompletionContent } from '../../../src/completion/state.ts'
import type { Ending } from '../../../src/formats/vocabulary/completion-event.ts'

/** The union of the installed package, and the one event that only its accumulator knows. */
export type StreamEvent = ResponseStreamEvent | { type: 'keepalive'; sequence_number: number }

/** The effect of one type of event on the state. The event is about the item at `output_index` 1. */
export interface EventCase<T extends StreamEvent['type']> {
  /** Its effect, as the end of a sentence that begins with its type. */
  effect: string
  /** The events before it, after the item at 0. */
  before?: StreamEvent[]
  event: Extract<StreamEvent, { type: T }>
  /** The expected content after it. The text of the item at 0 is `'Here: '`. */
  after: DeepPartial<CompletionContent>
  /** How the event ends the completion. By default, the completion continues. */
  ending?: Ending['type']
}

export type EventCases<T extends StreamEvent['type']> = { [Type in T]: EventCase<Type> }

type DeepPartial<T> = T extends readonly (infer Element)[]
  ? readonly DeepPartial<Element>[]
  : T extends object
    ? { [Key in keyof T]?: DeepPartial<T[Key]> }
    : T

/** The fields of every event about the item at `output_index` 1. */
export const place = { item_id: 'item_1', output_index: 1, sequence_number: 7 }

/** An item with only the fields that a test needs. */
export function outputItem(fields: { type: string } & Record<string, unknown>): ResponseOutputItem {
  return { id: 'item_1', ...fields } as unknown as ResponseOutputItem
}

export const neighbour = outputItem({
  id: 'item_0',
  type: 'message',
  role: 'assistant',
  status: 'completed',
  content: [{ type: 'output_text', text: 'Here: ', annotations: [{ type: 'file_path' }] }],
})

/** The event that opens an item at `output_index` 1. */
export function opened(fields: { type: string } & Record<string, unknown>): StreamEvent {
  return {
    type: 'response.output_item.added',
    output_index: 1,
    sequence_number: 1,
    item: outputItem({ status: 'in_progress', ...fields }),
  }
}

/** A response object with only the fields that a test needs. */
export function response(fields: Partial<Response>): Response {
  return {
    id: 'resp_1',
    object: 'response',
    model: 'gpt-5',
    status: 'in_progress',
    output: [],
    ...fields,
  } as Response
}
