/** The events of the Responses API about one output item and its parts. */

export function itemAdded(outputIndex: number, item: object): object {
  return { type: 'response.output_item.added', output_index: outputIndex, item }
}

export function itemDone(outputIndex: number, item: object): object {
  return { type: 'response.output_item.done', output_index: outputIndex, item }
}

export function textDone(text: string, outputIndex = 0, contentIndex = 0): object {
  return {
    type: 'response.output_text.done',
    output_index: outputIndex,
    content_index: contentIndex,
    text,
  }
}

export function summaryDelta(delta: string, outputIndex = 0, summaryIndex = 0): object {
  return {
    type: 'response.reasoning_summary_text.delta',
    output_index: outputIndex,
    summary_index: summaryIndex,
    delta,
  }
}

export function argumentsDelta(delta: string, outputIndex = 0): object {
  return { type: 'response.function_call_arguments.delta', output_index: outputIndex, delta }
}

export function message(...texts: string[]): object {
  return {
    type: 'message',
    role: 'assistant',
    status: 'completed',
    content: texts.map((text) => ({ type: 'output_text', text, annotations: [] })),
  }
}

export function functionCall(id: string, name: string, text: string, status = 'completed'): object {
  return { type: 'function_call', id: `fc_${id}`, call_id: id, name, arguments: text, status }
}
