import { opened, outputItem, place, type EventCases } from '../support/event-case.ts'

const message = (text: string, status: string) =>
  outputItem({
    type: 'message',
    role: 'assistant',
    status,
    content: [{ type: 'output_text', text, annotations: [] }],
  })

const openedMessage = opened({ type: 'message', role: 'assistant', content: [] })
const citation = { type: 'url_citation' as const, url: 'https://a.example', title: 'A' }

/** Messages: items, their parts, text, citations, refusals. */
export const messageCases: EventCases<
  | 'response.output_item.added'
  | 'response.output_item.done'
  | 'response.content_part.added'
  | 'response.content_part.done'
  | 'response.output_text.delta'
  | 'response.output_text.done'
  | 'response.output_text.annotation.added'
  | 'response.refusal.delta'
  | 'response.refusal.done'
> = {
  'response.output_item.added': {
    effect: 'opens an item with what is known of it',
    event: {
      type: 'response.output_item.added',
      output_index: 1,
      sequence_number: 7,
      item: message('', 'in_progress'),
    },
    after: { text: 'Here: ', output: [{}, { type: 'message', status: 'in_progress' }] },
  },
  'response.output_item.done': {
    effect: 'replaces what deltas built of the item, its text and its status',
    before: [
      openedMessage,
      {
        type: 'response.output_text.delta',
        ...place,
        content_index: 0,
        delta: 'Helo',
        logprobs: [],
      },
    ],
    event: {
      type: 'response.output_item.done',
      output_index: 1,
      sequence_number: 7,
      item: message('Hello', 'completed'),
    },
    after: { text: 'Here: Hello', output: [{}, { status: 'completed' }] },
  },
  'response.content_part.added': {
    effect: 'opens a part at its content_index',
    before: [openedMessage],
    event: {
      type: 'response.content_part.added',
      ...place,
      content_index: 0,
      part: { type: 'output_text', text: '', annotations: [], logprobs: [] },
    },
    after: { output: [{}, { content: [{ type: 'output_text', text: '', annotations: [] }] }] },
  },
  'response.content_part.done': {
    effect: 'replaces the text and the citations of the part',
    before: [
      openedMessage,
      {
        type: 'response.output_text.delta',
        ...place,
        content_index: 0,
        delta: 'Helo',
        logprobs: [],
      },
    ],
    event: {
      type: 'response.content_part.done',
      ...place,
      content_index: 0,
      part: {
        type: 'output_text',
        text: 'Hello',
        annotations: [{ ...citation, start_index: 0, end_index: 5 }],
        logprobs: [],
      },
    },
    after: { text: 'Here: Hello', annotations: [{}, citation] },
  },
  'response.output_text.delta': {
    effect: 'appends to the text, and its log probabilities to the others',
    before: [openedMessage],
    event: {
      type: 'response.output_text.delta',
      ...place,
      content_index: 0,
      delta: 'Hel',
      logprobs: [{ token: 'Hel', logprob: -0.1 }],
    },
    after: { text: 'Here: Hel', logprobs: [{ token: 'Hel', logprob: -0.1 }] },
  },
  'response.output_text.done': {
    effect: 'replaces the text that deltas built',
    before: [
      openedMessage,
      {
        type: 'response.output_text.delta',
        ...place,
        content_index: 0,
        delta: 'Helo',
        logprobs: [],
      },
    ],
    event: {
      type: 'response.output_text.done',
      ...place,
      content_index: 0,
      text: 'Hello',
      logprobs: [],
    },
    after: { text: 'Here: Hello' },
  },
  'response.output_text.annotation.added': {
    effect: 'adds a citation to the text, in output order',
    before: [openedMessage],
    event: {
      type: 'response.output_text.annotation.added',
      ...place,
      content_index: 0,
      annotation_index: 0,
      annotation: { ...citation, start_index: 0, end_index: 5 },
    },
    after: {
      annotations: [{ type: 'file_path' }, citation],
      output: [{}, { content: [{ annotations: [citation] }] }],
    },
  },
  'response.refusal.delta': {
    effect: 'appends to the refusal and never to the text',
    before: [openedMessage],
    event: { type: 'response.refusal.delta', ...place, content_index: 0, delta: "I can't" },
    after: { text: 'Here: ', refusal: "I can't" },
  },
  'response.refusal.done': {
    effect: 'replaces the refusal that deltas built',
    before: [
      openedMessage,
      { type: 'response.refusal.delta', ...place, content_index: 0, delta: "I can't" },
    ],
    event: { type: 'response.refusal.done', ...place, content_index: 0, refusal: 'No.' },
    after: { text: 'Here: ', refusal: 'No.' },
  },
}
