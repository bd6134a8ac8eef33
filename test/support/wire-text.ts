/** An event of a server-sent event stream, without a name. */
export function data(value: unknown): string {
  return `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`
}

/** An event with a name. */
export function named(event: string, value: unknown): string {
  return `event: ${event}\n${data(value)}`
}

export const done = data('[DONE]')

/** One chunk of the Chat Completions API. */
export function chatChunk(delta: object, finishReason: string | null = null): object {
  return {
    id: 'chat_1',
    object: 'chat.completion.chunk',
    model: 'm',
    choices: [{ index: 0, delta, finish_reason: finishReason }],
  }
}

/** A Chat Completions stream: these deltas, a finish reason, and the marker. */
export function chatStream(...deltas: object[]): string {
  return (
    [...deltas.map((delta) => chatChunk(delta)), chatChunk({}, 'stop')].map(data).join('') + done
  )
}

/** The event of the Responses API by which the text of the first message grows. */
export function textDelta(delta: string, outputIndex = 0, contentIndex = 0): object {
  return {
    type: 'response.output_text.delta',
    output_index: outputIndex,
    content_index: contentIndex,
    delta,
  }
}

/** The event by which a Responses stream ends properly. */
export function completed(output: object[] = []): object {
  return {
    type: 'response.completed',
    response: { id: 'resp_1', object: 'response', status: 'completed', model: 'm', output },
  }
}

/** A Responses stream of these events, each named by its type. */
export function responsesStream(...events: object[]): string {
  return events.map((event) => named((event as { type: string }).type, event)).join('')
}
