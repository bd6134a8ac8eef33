import type { DeltaScript } from './completion-script.ts'

type Fields = Record<string, unknown>

/**
 * The script as events of the Responses API
 * (https://platform.openai.com/docs/api-reference/responses-streaming).
 */
export function responsesScript(script: DeltaScript): string[] {
  const events: string[] = []
  const output: Fields[] = []
  const emit = (type: string, fields: Fields) => {
    const data = { type, sequence_number: events.length, ...fields }
    events.push(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`)
  }
  const response = (fields: Fields) => ({
    id: script.responseId,
    object: 'response',
    model: script.model,
    error: null,
    incomplete_details: null,
    output: [],
    usage: null,
    ...fields,
  })
  /** Adds an item from its start to its end, with the deltas of its strings. */
  const item = (opened: Fields, whole: Fields, grow: (at: Fields) => void) => {
    const output_index = output.length
    emit('response.output_item.added', { output_index, item: opened })
    grow({ item_id: opened['id'], output_index })
    emit('response.output_item.done', { output_index, item: whole })
    output.push(whole)
  }
  const grow = (name: string, at: Fields, field: string, deltas: readonly string[]) => {
    for (const delta of deltas) emit(`response.${name}.delta`, { ...at, delta })
    emit(`response.${name}.done`, { ...at, [field]: deltas.join('') })
  }

  emit('response.created', { response: response({ status: 'in_progress' }) })
  if (script.reasoning.length > 0) {
    const id = 'rs_1'
    const summary = [{ type: 'summary_text', text: script.reasoning.join('') }]
    item({ id, type: 'reasoning', summary: [] }, { id, type: 'reasoning', summary }, (at) => {
      grow('reasoning_summary_text', { ...at, summary_index: 0 }, 'text', script.reasoning)
    })
  }
  const commented = script.commentary.length > 0
  if (commented) {
    const base = { id: 'msg_0', type: 'message', role: 'assistant', phase: 'commentary' }
    const part = { type: 'output_text', text: script.commentary.join(''), annotations: [] }
    item(
      { ...base, status: 'in_progress', content: [] },
      { ...base, status: 'completed', content: [part] },
      (at) => grow('output_text', { ...at, content_index: 0 }, 'text', script.commentary),
    )
  }
  const refused = script.refusal.length > 0
  if (refused || script.text.length > 0 || script.toolCalls.length === 0) {
    const base = {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      ...(commented && { phase: 'final_answer' }),
    }
    const part = refused
      ? { type: 'refusal', refusal: script.refusal.join('') }
      : { type: 'output_text', text: script.text.join(''), annotations: [] }
    const status = script.finishReason === 'length' ? 'incomplete' : 'completed'
    item(
      { ...base, status: 'in_progress', content: [] },
      { ...base, status, content: [part] },
      (at) => {
        const place = { ...at, content_index: 0 }
        if (refused) grow('refusal', place, 'refusal', script.refusal)
        else grow('output_text', place, 'text', script.text)
      },
    )
  }
  for (const [index, call] of script.toolCalls.entries()) {
    const base = { id: `fc_${index}`, type: 'function_call', call_id: call.id, name: call.name }
    item(
      { ...base, status: 'in_progress', arguments: '' },
      { ...base, status: 'completed', arguments: call.arguments.join('') },
      (at) => grow('function_call_arguments', at, 'arguments', call.arguments),
    )
  }
  if (script.error) {
    const error = { code: script.error.code ?? 'server_error', message: script.error.message }
    emit('response.failed', { response: response({ status: 'failed', error }) })
    return events
  }
  const reason = { length: 'max_output_tokens', 'content-filter': 'content_filter' } as const
  const { finishReason, usage } = script
  const ended =
    finishReason === 'length' || finishReason === 'content-filter'
      ? { status: 'incomplete', incomplete_details: { reason: reason[finishReason] } }
      : { status: 'completed' }
  emit(`response.${ended.status}`, {
    response: response({
      ...ended,
      output,
      usage: usage && {
        input_tokens: usage.inputTokens,
        output_tokens: usage.outputTokens,
        total_tokens: usage.inputTokens + usage.outputTokens,
      },
    }),
  })
  return events
}
