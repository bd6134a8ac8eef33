import type { Channel } from '../formats/completion-event.ts'
import type { JsonRecord } from '../formats/json.ts'

/** Where in an item the string of a channel stands. */
export interface ChannelPlace {
  /** The item to open where a delta comes before its item. */
  readonly itemType: string
  /** The list of parts that holds the string; `undefined` if the item itself does. */
  readonly list: 'content' | 'summary' | undefined
  /** The part to open where a delta comes before its part. */
  readonly openPart: (() => JsonRecord) | undefined
  /** The field of the part, or of the item, that is the string. */
  readonly field: 'text' | 'refusal' | 'arguments' | 'input'
}

/** The shape of the Responses API's items, channel by channel. */
export const channelPlaces: Readonly<Record<Channel, ChannelPlace>> = {
  text: {
    itemType: 'message',
    list: 'content',
    openPart: () => ({ type: 'output_text', text: '', annotations: [] }),
    field: 'text',
  },
  refusal: {
    itemType: 'message',
    list: 'content',
    openPart: () => ({ type: 'refusal', refusal: '' }),
    field: 'refusal',
  },
  reasoning: {
    itemType: 'reasoning',
    list: 'content',
    openPart: () => ({ type: 'reasoning_text', text: '' }),
    field: 'text',
  },
  'reasoning-summary': {
    itemType: 'reasoning',
    list: 'summary',
    openPart: () => ({ type: 'summary_text', text: '' }),
    field: 'text',
  },
  arguments: {
    itemType: 'function_call',
    list: undefined,
    openPart: undefined,
    field: 'arguments',
  },
  input: {
    itemType: 'custom_tool_call',
    list: undefined,
    openPart: undefined,
    field: 'input',
  },
}
