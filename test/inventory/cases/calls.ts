import { opened, place, type EventCases, type StreamEvent } from '../support/event-case.ts'

const openedCall = opened({ type: 'function_call', call_id: 'call_1', name: 'f', arguments: '' })
const openedCustom = opened({ type: 'custom_tool_call', call_id: 'call_1', name: 'sql', input: '' })
const openedMcp = opened({
  type: 'mcp_call',
  name: 'roll',
  server_label: 'dice',
  arguments: '',
})
const openedTools = opened({ type: 'mcp_list_tools', server_label: 'dice', tools: [] })

const mcpDelta: StreamEvent = { type: 'response.mcp_call_arguments.delta', ...place, delta: '{"n"' }

/** Calls that the app runs, and calls to remote (MCP) tools. */
export const callCases: EventCases<
  | 'response.function_call_arguments.delta'
  | 'response.function_call_arguments.done'
  | 'response.custom_tool_call_input.delta'
  | 'response.custom_tool_call_input.done'
  | 'response.mcp_call_arguments.delta'
  | 'response.mcp_call_arguments.done'
  | 'response.mcp_call.in_progress'
  | 'response.mcp_call.completed'
  | 'response.mcp_call.failed'
  | 'response.mcp_list_tools.in_progress'
  | 'response.mcp_list_tools.completed'
  | 'response.mcp_list_tools.failed'
> = {
  'response.function_call_arguments.delta': {
    effect: 'appends to the arguments of the call',
    before: [openedCall],
    event: { type: 'response.function_call_arguments.delta', ...place, delta: '{"n"' },
    after: {
      toolCalls: [
        { id: 'call_1', type: 'function', name: 'f', arguments: '{"n"', status: 'in_progress' },
      ],
    },
  },
  'response.function_call_arguments.done': {
    effect: 'replaces the arguments; the name, which it does not carry, stays',
    before: [
      openedCall,
      { type: 'response.function_call_arguments.delta', ...place, delta: '{"n"' },
    ],
    event: { type: 'response.function_call_arguments.done', ...place, arguments: '{"n":1}' },
    after: { toolCalls: [{ name: 'f', arguments: '{"n":1}' }] },
  },
  'response.custom_tool_call_input.delta': {
    effect: 'appends to the input of the custom tool',
    before: [openedCustom],
    event: { type: 'response.custom_tool_call_input.delta', ...place, delta: 'SELECT' },
    after: {
      toolCalls: [{ id: 'call_1', type: 'custom', name: 'sql', arguments: 'SELECT' }],
      output: [{}, { input: 'SELECT' }],
    },
  },
  'response.custom_tool_call_input.done': {
    effect: 'replaces the input of the custom tool',
    before: [
      openedCustom,
      { type: 'response.custom_tool_call_input.delta', ...place, delta: 'SELECT' },
    ],
    event: { type: 'response.custom_tool_call_input.done', ...place, input: 'SELECT 1' },
    after: { toolCalls: [{ name: 'sql', arguments: 'SELECT 1' }] },
  },
  'response.mcp_call_arguments.delta': {
    effect: 'appends to the arguments; the call is not for the app to run',
    before: [openedMcp],
    event: { type: 'response.mcp_call_arguments.delta', ...place, delta: '{"n"' },
    after: { toolCalls: [], output: [{}, { type: 'mcp_call', name: 'roll', arguments: '{"n"' }] },
  },
  'response.mcp_call_arguments.done': {
    effect: 'replaces the arguments',
    before: [openedMcp, mcpDelta],
    event: { type: 'response.mcp_call_arguments.done', ...place, arguments: '{"n":6}' },
    after: { output: [{}, { arguments: '{"n":6}' }] },
  },
  'response.mcp_call.in_progress': {
    effect: 'is the status of the call',
    before: [opened({ type: 'mcp_call', status: 'calling' })],
    event: { type: 'response.mcp_call.in_progress', ...place },
    after: { output: [{}, { type: 'mcp_call', status: 'in_progress' }] },
  },
  'response.mcp_call.completed': {
    effect: 'is the status of the call',
    before: [openedMcp],
    event: { type: 'response.mcp_call.completed', ...place },
    after: { output: [{}, { name: 'roll', status: 'completed' }] },
  },
  'response.mcp_call.failed': {
    effect: 'is the status of the call, and does not fail the completion',
    before: [openedMcp],
    event: { type: 'response.mcp_call.failed', ...place },
    after: { output: [{}, { name: 'roll', status: 'failed' }] },
  },
  'response.mcp_list_tools.in_progress': {
    effect: 'is the status of the listing',
    event: { type: 'response.mcp_list_tools.in_progress', ...place },
    after: { output: [{}, { type: 'mcp_list_tools', status: 'in_progress' }] },
  },
  'response.mcp_list_tools.completed': {
    effect: 'is the status of the listing',
    before: [openedTools],
    event: { type: 'response.mcp_list_tools.completed', ...place },
    after: { output: [{}, { server_label: 'dice', status: 'completed' }] },
  },
  'response.mcp_list_tools.failed': {
    effect: 'is the status of the listing, and does not fail the completion',
    before: [openedTools],
    event: { type: 'response.mcp_list_tools.failed', ...place },
    after: { output: [{}, { server_label: 'dice', status: 'failed' }] },
  },
}
