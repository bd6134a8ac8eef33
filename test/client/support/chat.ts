/** A text chunk of the Chat Completions API. */
export function textChunk(content: string) {
  return chunk({ delta: { content }, finish_reason: null })
}

/** The chunk with the finish reason. */
export function finishChunk(reason = 'stop') {
  return chunk({ delta: {}, finish_reason: reason })
}

function chunk(choice: object) {
  return {
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    model: 'gpt-5',
    choices: [{ index: 0, ...choice }],
  }
}

/** The end of every stream of the API. */
export const doneMarker = 'data: [DONE]\n\n'

/** Chunks as the body of a response. */
export function bodyOf(...chunks: readonly (object | string)[]): string {
  return chunks
    .map((each) => (typeof each === 'string' ? each : `data: ${JSON.stringify(each)}\n\n`))
    .join('')
}

/** A whole stream that answers with a text. */
export function answer(text: string): string {
  return bodyOf(textChunk(text), finishChunk(), doneMarker)
}

/** A response whose whole stream has arrived. */
export function answerResponse(text: string): Response {
  return eventStream(answer(text))
}

export function eventStream(body: BodyInit | null): Response {
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
}
