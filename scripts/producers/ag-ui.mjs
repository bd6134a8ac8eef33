import { EventType } from '@ag-ui/core'
import { EventEncoder } from '@ag-ui/encoder'

/** The events of a custom agent for the scripted model, because the protocol defines no model. */
function* eventsOf({ attempts, serverTool, approval }) {
  const run = { threadId: 'thread_1', runId: 'run_1' }
  yield { type: EventType.RUN_STARTED, ...run }
  let outcome
  for (const [at, { reasoning = [], text = [], calls = [], ending }] of attempts.entries()) {
    const messageId = `message_${at}`
    const reasoningId = { messageId: `reasoning_${at}` }
    if (reasoning.length > 0) {
      yield { type: EventType.REASONING_START, ...reasoningId }
      yield { type: EventType.REASONING_MESSAGE_START, ...reasoningId, role: 'reasoning' }
      for (const delta of reasoning) {
        yield { type: EventType.REASONING_MESSAGE_CONTENT, ...reasoningId, delta }
      }
      yield { type: EventType.REASONING_MESSAGE_END, ...reasoningId }
      yield { type: EventType.REASONING_END, ...reasoningId }
    }
    if (text.length > 0) {
      yield { type: EventType.TEXT_MESSAGE_START, messageId, role: 'assistant' }
      for (const delta of text) yield { type: EventType.TEXT_MESSAGE_CONTENT, messageId, delta }
      if (!ending) yield { type: EventType.TEXT_MESSAGE_END, messageId }
    }
    for (const { id: toolCallId, name: toolCallName, arguments: pieces } of calls) {
      yield {
        type: EventType.TOOL_CALL_START,
        toolCallId,
        toolCallName,
        parentMessageId: messageId,
      }
      for (const delta of pieces) yield { type: EventType.TOOL_CALL_ARGS, toolCallId, delta }
      if (!ending) yield { type: EventType.TOOL_CALL_END, toolCallId }
      if (serverTool && !approval) {
        const content = '{"low":"12:00"}'
        yield { type: EventType.TOOL_CALL_RESULT, messageId: `result_${at}`, toolCallId, content }
      }
    }
    if (ending === 'error')
      yield { type: EventType.RUN_ERROR, message: 'Overloaded.', code: 'busy' }
    if (ending) return
    const [call] = calls
    if (call && approval) {
      const interrupt = { id: 'interrupt_1', reason: 'tool_approval', toolCallId: call.id }
      outcome = { type: 'interrupt', interrupts: [{ ...interrupt, message: 'Look it up?' }] }
    } else {
      const pending = serverTool ? [] : calls.map(({ id }) => id)
      outcome = { type: 'success', pendingToolCallIds: pending }
    }
  }
  const usage = [{ model: 'tide-1', inputTokens: 5, outputTokens: 7, totalTokens: 12 }]
  yield { type: EventType.RUN_FINISHED, ...run, outcome, usage }
}

export const producers = [
  {
    name: 'ag-ui',
    about: 'events of @ag-ui/core through EventEncoder of @ag-ui/encoder',
    packages: ['@ag-ui/core', '@ag-ui/encoder'],
    format: 'agUi',
    skip: ['retry', 'reset-step', 'reset', 'abort'],
    respond({ scenario }) {
      const encoder = new EventEncoder()
      const lines = [...eventsOf(scenario)].map((event) => encoder.encode(event))
      return new Response(new Blob(lines).stream(), {
        headers: { 'content-type': encoder.getContentType() },
      })
    },
  },
]
