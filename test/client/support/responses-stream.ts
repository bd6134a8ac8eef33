/** The events of a whole background response that answers with these pieces of text. */
export function responseEvents(...pieces: readonly string[]): object[] {
  const text = pieces.join('')
  const item = { type: 'message', id: 'msg_1', role: 'assistant' }
  const part = { item_id: 'msg_1', output_index: 0, content_index: 0 }
  const done = { ...item, status: 'completed', content: [{ type: 'output_text', text }] }
  return [
    { type: 'response.created', response: { id: 'resp_1', status: 'in_progress' } },
    { type: 'response.output_item.added', output_index: 0, item: { ...item, content: [] } },
    ...pieces.map((delta) => ({ type: 'response.output_text.delta', ...part, delta })),
    { type: 'response.output_text.done', ...part, text },
    { type: 'response.output_item.done', output_index: 0, item: done },
    {
      type: 'response.completed',
      response: { id: 'resp_1', status: 'completed', output: [done] },
    },
  ].map((event, index) => ({ ...event, sequence_number: index }))
}

/** The events as a body, from a position in the stream. */
export function responseBody(events: readonly object[], from = 0, to = events.length): string {
  return events
    .slice(from, to)
    .map((event) => `data: ${JSON.stringify(event)}\n\n`)
    .join('')
}

/** Any data with an id each, as sent by servers that support `Last-Event-ID`. */
export function withIds(chunks: readonly unknown[], from = 0, to = chunks.length): string {
  return chunks
    .map((chunk, index) => {
      const data = typeof chunk === 'string' ? chunk : JSON.stringify(chunk)
      return `id: e${index}\ndata: ${data}\n\n`
    })
    .slice(from, to)
    .join('')
}
