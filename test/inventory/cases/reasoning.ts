import { opened, place, type EventCases, type StreamEvent } from '../support/event-case.ts'

const openedReasoning = opened({ type: 'reasoning', summary: [] })

const summaryDelta: Extract<StreamEvent, { type: 'response.reasoning_summary_text.delta' }> = {
  type: 'response.reasoning_summary_text.delta',
  ...place,
  summary_index: 0,
  delta: 'Hm',
}

const rawDelta: StreamEvent = {
  type: 'response.reasoning_text.delta',
  ...place,
  content_index: 0,
  delta: 'Hm',
}

/** Reasoning, summarised and raw. */
export const reasoningCases: EventCases<
  | 'response.reasoning_summary_part.added'
  | 'response.reasoning_summary_part.done'
  | 'response.reasoning_summary_text.delta'
  | 'response.reasoning_summary_text.done'
  | 'response.reasoning_text.delta'
  | 'response.reasoning_text.done'
> = {
  'response.reasoning_summary_part.added': {
    effect: 'opens a summary at its summary_index',
    before: [openedReasoning],
    event: {
      type: 'response.reasoning_summary_part.added',
      ...place,
      summary_index: 0,
      part: { type: 'summary_text', text: '' },
    },
    after: { reasoning: '', output: [{}, { summary: [{ type: 'summary_text', text: '' }] }] },
  },
  'response.reasoning_summary_part.done': {
    effect: 'replaces the summary that deltas built',
    before: [openedReasoning, summaryDelta],
    event: {
      type: 'response.reasoning_summary_part.done',
      ...place,
      summary_index: 0,
      part: { type: 'summary_text', text: 'Hmm.' },
    },
    after: { text: 'Here: ', reasoning: 'Hmm.' },
  },
  'response.reasoning_summary_text.delta': {
    effect: 'appends to the reasoning at its summary_index, and never to the text',
    before: [openedReasoning, summaryDelta, { ...summaryDelta, summary_index: 1, delta: 'Ah' }],
    event: {
      type: 'response.reasoning_summary_text.delta',
      ...place,
      summary_index: 0,
      delta: 'm',
    },
    after: {
      text: 'Here: ',
      reasoning: 'HmmAh',
      output: [
        {},
        {
          summary: [
            { type: 'summary_text', text: 'Hmm' },
            { type: 'summary_text', text: 'Ah' },
          ],
        },
      ],
    },
  },
  'response.reasoning_summary_text.done': {
    effect: 'replaces the summary that deltas built',
    before: [openedReasoning, summaryDelta],
    event: {
      type: 'response.reasoning_summary_text.done',
      ...place,
      summary_index: 0,
      text: 'Hmm.',
    },
    after: { reasoning: 'Hmm.' },
  },
  'response.reasoning_text.delta': {
    effect: 'appends to the reasoning and never to the text',
    before: [openedReasoning, rawDelta],
    event: { type: 'response.reasoning_text.delta', ...place, content_index: 0, delta: 'm' },
    after: {
      text: 'Here: ',
      reasoning: 'Hmm',
      output: [{}, { content: [{ type: 'reasoning_text', text: 'Hmm' }] }],
    },
  },
  'response.reasoning_text.done': {
    effect: 'replaces the reasoning that deltas built',
    before: [openedReasoning, rawDelta],
    event: { type: 'response.reasoning_text.done', ...place, content_index: 0, text: 'Hmm.' },
    after: { reasoning: 'Hmm.' },
  },
}
