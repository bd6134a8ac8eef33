/**
 * Where in an item the string of a channel stands: the item's type and the string's field; where the
 * string stands in a part, the item's list of parts and the part's type too.
 */
export type ChannelPlace = readonly [
  itemType: string,
  field: string,
  list?: 'content' | 'summary',
  partType?: string,
]

/**
 * A string of an output item that grows, by the name of the Responses API's events about it: the text and
 * the refusal of a message, the two kinds of reasoning, the arguments of a function call or of a call to a
 * remote (MCP) tool, the input of a custom tool call, the code of a code interpreter call.
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
  output_text: ['message', 'text', 'content', 'output_text'],
  refusal: ['message', 'refusal', 'content', 'refusal'],
  reasoning_text: ['reasoning', 'text', 'content', 'reasoning_text'],
  reasoning_summary_text: ['reasoning', 'text', 'summary', 'summary_text'],
  function_call_arguments: ['function_call', 'arguments'],
  custom_tool_call_input: ['custom_tool_call', 'input'],
  mcp_call_arguments: ['mcp_call', 'arguments'],
  code_interpreter_call_code: ['code_interpreter_call', 'code'],
}

const channels = /* @__PURE__ */ new Map(
  /* @__PURE__ */ Object.entries(places) as [Channel, ChannelPlace][],
)

/** Where the string of a channel stands; `undefined` for a name that is no channel. */
export function placeOfChannel(channel: string | undefined): ChannelPlace | undefined {
  return channels.get(channel as Channel)
}

/** The channel whose string stands in parts of a type. */
export function channelOfPart(partType: unknown): Channel | undefined {
  for (const [channel, [, , , type]] of channels) if (type && type === partType) return channel
  return undefined
}
