import type { WireFormat } from '../server/wire-format.ts'

interface ResponsesEvent {
  type: string
  delta: string
}

interface ChatChunk {
  choices: { delta: { content?: string } }[]
}

/** Returns the text of an event's delta, if it has one, like hand-written code. */
export function readDelta(format: WireFormat, data: string): string {
  if (data === '[DONE]') return ''
  const event = JSON.parse(data) as ResponsesEvent & ChatChunk
  if (format === 'chat') return event.choices[0]?.delta.content ?? ''
  return event.type === 'response.output_text.delta' ? event.delta : ''
}
