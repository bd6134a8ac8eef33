import type { Channel } from '../formats/completion-event.ts'
import type { JsonRecord } from '../formats/json.ts'

/** The list of an item that holds parts, and the part to open where a delta comes before its part. */
export interface PartsPlace {
  readonly list: 'content' | 'summary'
  readonly openPart: () => JsonRecord
}

/** Where in an item the string of a channel stands. */
export interface ChannelPlace {
  /** The item to open where a delta comes before its item. */
  readonly itemType: string
  /** The parts among which the string stands; `undefined` if it is a field of the item itself. */
  readonly parts: PartsPlace | undefined
  /** The field of the part, or of the item, that is the string. */
  readonly field: 'text' | 'refusal' | 'arguments' | 'input' | 'code'
}

/** The shape of the Responses API's items, channel by channel. */
export const channelPlaces: Readonly<Record<Channel, ChannelPlace>> = {
  text: {
    itemType: 'message',
    parts: {
      list: 'content',
      openPart: () => ({ type: 'output_text', text: '', annotations: [] }),
    },
    field: 'text',
  },
  refusal: {
    itemType: 'message',
    parts: { list: 'content', openPart: () => ({ type: 'refusal', refusal: '' }) },
    field: 'refusal',
  },
  reasoning: {
    itemType: 'reasoning',
    parts: { list: 'content', openPart: () => ({ type: 'reasoning_text', text: '' }) },
    field: 'text',
  },
  'reasoning-summary': {
    itemType: 'reasoning',
    parts: { list: 'summary', openPart: () => ({ type: 'summary_text', text: '' }) },
    field: 'text',
  },
  arguments: {
    itemType: 'function_call',
    parts: undefined,
    field: 'arguments',
  },
  'mcp-arguments': { itemType: 'mcp_call', parts: undefined, field: 'arguments' },
  code: { itemType: 'code_interpreter_call', parts: undefined, field: 'code' },
  input: {
    itemType: 'custom_tool_call',
    parts: undefined,
    field: 'input',
  },
}
