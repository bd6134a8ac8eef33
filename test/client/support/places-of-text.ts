import { bodyOf, finishChunk, textChunk } from './chat.ts'

export const responses = (...events: object[]) =>
  events.map((event) => `data: ${JSON.stringify(event)}\n\n`)

export const part = (delta: string, item: number, content: number) => ({
  type: 'response.output_text.delta',
  output_index: item,
  content_index: content,
  delta,
})

/** The places where a word, or the parts of a word, can be. Each returns the pieces of a body. */
export const places: Record<string, (cut: readonly string[]) => string[]> = {
  'parts of one message': (cut) => responses(...cut.map((text, at) => part(text, 0, at))),
  'consecutive messages': (cut) => responses(...cut.map((text, at) => part(text, at, 0))),
  'messages around another item': (cut) =>
    responses(
      ...cut.map((text, at) => part(text, at * 2, 0)),
      ...cut.map((_, at) => ({
        type: 'response.output_item.added',
        output_index: at * 2 + 1,
        item: { type: 'web_search_call', id: `ws_${at}` },
      })),
    ),
  'parts of reasoning': (cut) =>
    responses(
      ...cut.map((delta, at) => ({
        type: 'response.reasoning_summary_text.delta',
        output_index: 0,
        summary_index: at,
        delta,
      })),
    ),
  refusal: (cut) =>
    responses(
      ...cut.map((delta) => ({
        type: 'response.refusal.delta',
        output_index: 0,
        content_index: 0,
        delta,
      })),
    ),
  arguments: (cut) =>
    responses(
      {
        type: 'response.output_item.added',
        output_index: 0,
        item: { type: 'function_call', call_id: 'c', name: 'f', arguments: '' },
      },
      ...['{"a":"', ...cut, '"}'].map((delta) => ({
        type: 'response.function_call_arguments.delta',
        output_index: 0,
        delta,
      })),
    ),
  'arguments with escapes': (cut) =>
    places['arguments']!([
      cut.join('').replace(/[a-z]/, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`),
    ]),
  'JSON with escapes': (cut) =>
    responses(
      part(
        `{"a":"${cut.join('').replace(/[a-z]/, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`)}"}`,
        0,
        0,
      ),
    ),
  'text of a chat': (cut) => cut.map((text) => bodyOf(textChunk(text))),
  'whole choices of a chat': (cut) =>
    [0, 1].map((index) =>
      bodyOf({ choices: [{ index, delta: { content: cut.join('') }, finish_reason: null }] }),
    ),
  'log probabilities': (cut) => [
    bodyOf({
      choices: [
        {
          index: 0,
          delta: { content: 'fine' },
          logprobs: {
            content: [{ token: 'fine', logprob: 0, top_logprobs: [{ token: cut.join('') }] }],
          },
        },
      ],
    }),
  ],
  'the fields of a hosted item': (cut) =>
    responses({
      type: 'response.output_item.done',
      output_index: 0,
      item: { type: 'web_search_call', id: 'ws_1', action: { query: cut.join('') } },
    }),
  'the name of a field': (cut) =>
    responses({
      type: 'response.output_item.done',
      output_index: 0,
      item: { type: 'web_search_call', id: 'ws_1', [cut.join('')]: 1 },
    }),
  'an identifier': (cut) =>
    responses({
      type: 'response.output_item.done',
      output_index: 0,
      item: { type: 'web_search_call', id: cut.join('') },
    }),
  'a citation': (cut) =>
    responses(part('fine', 0, 0), {
      type: 'response.output_text.annotation.added',
      output_index: 0,
      content_index: 0,
      annotation_index: 0,
      annotation: { type: 'url_citation', title: cut.join(''), url: 'https://example.com' },
    }),
  'the finish reason': (cut) => [bodyOf(textChunk('fine'), finishChunk(cut.join('')))],
  'the name of the model': (cut) => [
    bodyOf({ model: cut.join(''), choices: [{ index: 0, delta: { content: 'fine' } }] }),
  ],
  'a field that no format reads': (cut) =>
    responses({ ...part('fine', 0, 0), comment: { text: cut.join('') } }),
  'the name of the event': (cut) => [
    `event: ${cut.join('')}\ndata: ${JSON.stringify(part('fine', 0, 0))}\n\n`,
  ],
  'an error in the stream': (cut) =>
    responses(part('fine', 0, 0), { type: 'error', message: cut.join(''), code: 'x' }),
  'an event that is not JSON': (cut) => [
    ...responses(part('fine', 0, 0)),
    `data: {"type": ${cut.join('')}\n\n`,
  ],
  'events that no format recognises': (cut) => [`data: {"x":"${cut.join('')}"}\n\n`],
  'plain text': (cut) => [...cut],
}
