import type { WireFormat } from '../server/wire-format.ts'

interface ResponsesEvent {
  type: string
  delta: string
}

interface ChatChunk {
  choices: { delta: { content?: string } }[]
}

/** What hand-written code takes from an event: the text of its delta, if it has one. */
export function readDelta(format: WireFormat, data: string): string {
  if (data === '[DONE]') return ''
  const event = JSON.parse(data) as ResponsesEvent & ChatChunk
  if (format === 'chat') return event.choices[0]?.delta.content ?? ''
  return event.type === 'response.output_text.delta' ? event.delta : ''
}
