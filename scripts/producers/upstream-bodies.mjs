/** One answer of the scripted model as the events of each provider's API. */

const event = (data, name) => `${name ? `event: ${name}\n` : ''}data: ${JSON.stringify(data)}\n\n`
const overloaded = 'Overloaded. Try again later.'

/** Chat Completions, also used by Mistral with its own form of reasoning. */
export function chatCompletions({ reasoning = [], text = [], calls = [], ending }, isMistral) {
  const base = { id: 'chat_1', object: 'chat.completion.chunk', created: 1, model: 'tide-1' }
  const chunk = (delta, finish_reason = null) =>
    event({ ...base, choices: [{ index: 0, delta, finish_reason }] })
  const thought = (piece) =>
    isMistral
      ? { content: [{ type: 'thinking', thinking: [{ type: 'text', text: piece }] }] }
      : { reasoning_content: piece }
  const pieces = [
    chunk({ role: 'assistant', content: '' }),
    ...reasoning.map((piece) => chunk(thought(piece))),
    ...text.map((content) => chunk({ content })),
    ...calls.flatMap(({ id, name, arguments: pieces }, index) =>
      // Mistral sends a call in one piece.
      (isMistral ? [pieces.join('')] : pieces).map((piece, at) =>
        chunk({
          tool_calls: [
            at === 0
              ? { index, id, type: 'function', function: { name, arguments: piece } }
              : { index, function: { arguments: piece } },
          ],
        }),
      ),
    ),
  ]
  if (ending === 'error') {
    return [...pieces, event({ error: { message: overloaded, type: 'server_error', code: 503 } })]
  }
  if (ending) return pieces
  const usage = { prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 }
  const reason = calls.length > 0 ? 'tool_calls' : 'stop'
  const last = isMistral
    ? [event({ ...base, choices: [{ index: 0, delta: {}, finish_reason: reason }], usage })]
    : [chunk({}, reason), event({ ...base, choices: [], usage })]
  return [...pieces, ...last, 'data: [DONE]\n\n']
}

/** The Responses API. */
export function responses({ reasoning = [], text = [], calls = [], ending }) {
  let sequence_number = 0
  const send = (type, fields) =>
    event({ type, sequence_number: sequence_number++, ...fields }, type)
  const response = (fields) => ({
    id: 'resp_1',
    object: 'response',
    created_at: 1,
    status: 'in_progress',
    error: null,
    incomplete_details: null,
    model: 'tide-1',
    output: [],
    ...fields,
  })
  const output = []
  const pieces = [send('response.created', { response: response() })]
  const open = (item) => {
    output.push(item)
    const output_index = output.length - 1
    pieces.push(send('response.output_item.added', { output_index, item }))
    return { output_index, item_id: item.id }
  }
  const close = ({ output_index }, item) => {
    output[output_index] = item
    if (!ending) pieces.push(send('response.output_item.done', { output_index, item }))
  }
  if (reasoning.length > 0) {
    const item = { id: 'rs_1', type: 'reasoning', summary: [] }
    const place = open(item)
    const part = { ...place, summary_index: 0 }
    pieces.push(
      send('response.reasoning_summary_part.added', {
        ...part,
        part: { type: 'summary_text', text: '' },
      }),
      ...reasoning.map((delta) =>
        send('response.reasoning_summary_text.delta', { ...part, delta }),
      ),
      send('response.reasoning_summary_part.done', {
        ...part,
        part: { type: 'summary_text', text: reasoning.join('') },
      }),
    )
    close(place, { ...item, summary: [{ type: 'summary_text', text: reasoning.join('') }] })
  }
  if (text.length > 0) {
    const item = {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      status: 'in_progress',
      content: [],
    }
    const place = open(item)
    const part = { ...place, content_index: 0 }
    const whole = { type: 'output_text', text: text.join(''), annotations: [], logprobs: [] }
    pieces.push(
      send('response.content_part.added', { ...part, part: { ...whole, text: '' } }),
      ...text.map((delta) => send('response.output_text.delta', { ...part, delta, logprobs: [] })),
    )
    if (!ending) {
      pieces.push(
        send('response.output_text.done', { ...part, text: whole.text, logprobs: [] }),
        send('response.content_part.done', { ...part, part: whole }),
      )
    }
    close(place, { ...item, status: 'completed', content: [whole] })
  }
  calls.forEach(({ id, name, arguments: deltas }, at) => {
    const item = {
      id: `fc_${at}`,
      type: 'function_call',
      status: 'in_progress',
      call_id: id,
      name,
      arguments: '',
    }
    const place = open(item)
    pieces.push(
      ...deltas.map((delta) => send('response.function_call_arguments.delta', { ...place, delta })),
    )
    const whole = deltas.join('')
    if (!ending) {
      pieces.push(
        send('response.function_call_arguments.done', { ...place, arguments: whole, name }),
      )
    }
    close(place, { ...item, status: 'completed', arguments: whole })
  })
  if (ending === 'error') {
    const error = { code: 'server_error', message: overloaded, param: null }
    return [...pieces, send('error', error)]
  }
  if (ending) return pieces
  const usage = {
    input_tokens: 5,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: 7,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: 12,
  }
  const completed = response({ status: 'completed', output, usage })
  return [...pieces, send('response.completed', { response: completed })]
}

/** Anthropic's Messages API. */
export function anthropicMessages({ reasoning = [], text = [], calls = [], ending }) {
  const send = (type, fields) => event({ type, ...fields }, type)
  const pieces = [
    send('message_start', {
      message: {
        id: 'msg_1',
        type: 'message',
        role: 'assistant',
        model: 'tide-1',
        content: [],
        stop_reason: null,
        stop_sequence: null,
        usage: { input_tokens: 5, output_tokens: 1 },
      },
    }),
  ]
  let index = 0
  const block = (content_block, deltas) => {
    pieces.push(
      send('content_block_start', { index, content_block }),
      ...deltas.map((delta) => send('content_block_delta', { index, delta })),
    )
    if (!ending) pieces.push(send('content_block_stop', { index }))
    index++
  }
  if (reasoning.length > 0) {
    block({ type: 'thinking', thinking: '', signature: '' }, [
      ...reasoning.map((thinking) => ({ type: 'thinking_delta', thinking })),
      { type: 'signature_delta', signature: 'c2lnbmVk' },
    ])
  }
  if (text.length > 0) {
    block(
      { type: 'text', text: '' },
      text.map((piece) => ({ type: 'text_delta', text: piece })),
    )
  }
  for (const { id, name, arguments: deltas } of calls) {
    block(
      { type: 'tool_use', id, name, input: {} },
      deltas.map((partial_json) => ({ type: 'input_json_delta', partial_json })),
    )
  }
  if (ending === 'error') {
    const error = { type: 'overloaded_error', message: overloaded }
    return [...pieces, send('error', { error })]
  }
  if (ending) return pieces
  const stop_reason = calls.length > 0 ? 'tool_use' : 'end_turn'
  return [
    ...pieces,
    send('message_delta', {
      delta: { stop_reason, stop_sequence: null },
      usage: { output_tokens: 7 },
    }),
    send('message_stop', {}),
  ]
}

/** Gemini's `streamGenerateContent` with `alt=sse`. */
export function gemini({ reasoning = [], text = [], calls = [], ending }) {
  const chunk = (parts, finishReason) =>
    event({
      candidates: [{ content: { role: 'model', parts }, index: 0, finishReason }],
      usageMetadata: { promptTokenCount: 5, candidatesTokenCount: 7, totalTokenCount: 12 },
      modelVersion: 'tide-1',
      responseId: 'gemini_1',
    })
  const pieces = [
    ...reasoning.map((piece) => chunk([{ text: piece, thought: true }])),
    ...text.map((piece) => chunk([{ text: piece }])),
    ...calls.map(({ name, arguments: pieces }) => {
      const whole = pieces.join('')
      return chunk([{ functionCall: { name, args: ending ? {} : JSON.parse(whole) } }])
    }),
  ]
  if (ending === 'error') {
    return [...pieces, event({ error: { code: 503, message: overloaded, status: 'UNAVAILABLE' } })]
  }
  return ending ? pieces : [...pieces, chunk([{ text: '' }], 'STOP')]
}
