/**
 * Where an item has the string of a channel: the type of the item and the field of the string. If a part has
 * the string, also the list of parts and the type of the part.
 */
export interface ChannelPlace {
  readonly item: string
  readonly field: string
  readonly list?: 'content' | 'summary'
  readonly part?: string
}

/**
 * A string of an output item that grows, named like its events in the Responses API: the text and the refusal
 * of a message, the two kinds of reasoning, the arguments of a function call or of a remote (MCP) tool call,
 * the input of a custom tool call, the code of a code interpreter call.
 */
export type Channel =
  | 'output_text'
  | 'refusal'
  | 'reasoning_text'
  | 'reasoning_summary_text'
  | 'function_call_arguments'
  | 'custom_tool_call_input'
  | 'mcp_call_arguments'
  | 'code_interpreter_call_code'

const places: Record<Channel, ChannelPlace> = {
  output_text: { item: 'message', field: 'text', list: 'content', part: 'output_text' },
  refusal: { item: 'message', field: 'refusal', list: 'content', part: 'refusal' },
  reasoning_text: { item: 'reasoning', field: 'text', list: 'content', part: 'reasoning_text' },
  reasoning_summary_text: {
    item: 'reasoning',
    field: 'text',
    list: 'summary',
    part: 'summary_text',
  },
  function_call_arguments: { item: 'function_call', field: 'arguments' },
  custom_tool_call_input: { item: 'custom_tool_call', field: 'input' },
  mcp_call_arguments: { item: 'mcp_call', field: 'arguments' },
  code_interpreter_call_code: { item: 'code_interpreter_call', field: 'code' },
}

const channels = /* @__PURE__ */ new Map(
  /* @__PURE__ */ Object.entries(places) as [Channel, ChannelPlace][],
)

/** Where an item has the string of a channel, or `undefined` if there is no channel of this name. */
export function placeOfChannel(channel: string | undefined): ChannelPlace | undefined {
  return channels.get(channel as Channel)
}

/** The channel whose string is in parts of this type. */
export function channelOfPart(partType: unknown): Channel | undefined {
  for (const [channel, { part }] of channels) if (part && part === partType) return channel
  return undefined
}
