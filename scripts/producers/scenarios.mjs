/**
 * The behaviour of the scripted model, and the expected state of a reader of the producer's stream. A
 * producer that sends less than the model does has its own expectation.
 */

const text = ['Low tide ', 'is at ', 'noon.']
const husum = { id: 'call_husum', name: 'tide_table', arguments: ['{"port":', '"Husum"}'] }
const brest = { id: 'call_brest', name: 'tide_table', arguments: ['{"port":', '"Brest"}'] }
const whole = 'Low tide is at noon.'
const half = 'Low tide is at '

const completed = ({ name, arguments: pieces }) => ({
  name,
  arguments: pieces.join(''),
  status: 'completed',
})

/** By name: the attempts of the model in order, the last one repeated, and the expectation. */
export const scenarios = {
  text: {
    about: 'A text.',
    attempts: [{ text }],
    expect: {
      status: 'complete',
      text: whole,
      finishReason: 'stop',
      usage: { inputTokens: 5, outputTokens: 7 },
    },
  },
  reasoning: {
    about: 'Reasoning, then a text.',
    attempts: [{ reasoning: ['The moon ', 'pulls.'], text }],
    expect: {
      status: 'complete',
      text: whole,
      reasoning: 'The moon pulls.',
      finishReason: 'stop',
    },
  },
  tool: {
    about: 'A call of a tool that the app is to run.',
    attempts: [{ text: ['Let me see. '], calls: [husum] }],
    expect: {
      status: 'complete',
      text: 'Let me see. ',
      finishReason: 'tool-calls',
      toolCalls: [completed(husum)],
    },
  },
  'parallel-tools': {
    about: 'Two calls at once.',
    attempts: [{ calls: [husum, brest] }],
    expect: {
      status: 'complete',
      finishReason: 'tool-calls',
      toolCalls: [completed(husum), completed(brest)],
    },
  },
  'server-tool': {
    about: 'A tool that the server runs, and the answer after it.',
    attempts: [{ calls: [husum] }, { text }],
    serverTool: true,
    expect: { status: 'complete', text: whole, finishReason: 'stop' },
  },
  approval: {
    about: 'A tool of the server that waits for the approval of the user.',
    attempts: [{ calls: [husum] }],
    serverTool: true,
    approval: true,
    expect: { status: 'complete', finishReason: 'approval', approvalCount: 1 },
  },
  error: {
    about: 'The provider reports an error in the middle of the text.',
    attempts: [{ text: text.slice(0, 2), ending: 'error' }],
    expect: { status: 'error', kind: 'api', text: half, error: { message: 'Overloaded' } },
  },
  retry: {
    about: 'The provider reports an error in the middle; the server starts the step again.',
    attempts: [{ text: text.slice(0, 2), ending: 'error' }, { text }],
    expect: { status: 'complete', text: whole, finishReason: 'stop' },
  },
  'reset-step': {
    about: 'The server withdraws what the second step has written, and writes it again.',
    attempts: [{ text }],
    expect: { status: 'complete', text: `One. ${whole}`, reasoning: '', finishReason: 'stop' },
  },
  cut: {
    about: 'The stream of the provider ends in the middle of the text, as if it were whole.',
    attempts: [{ text: text.slice(0, 2), ending: 'cut' }],
    expect: { status: 'error', kind: 'truncated', text: half },
  },
  'cut-in-call': {
    about: 'The stream of the provider ends in the middle of the arguments.',
    attempts: [{ calls: [{ ...husum, arguments: ['{"port":'] }], ending: 'cut' }],
    expect: { status: 'error', kind: 'truncated', toolCalls: [{ status: 'incomplete' }] },
  },
  reset: {
    about: 'The connection to the provider breaks in the middle of the text.',
    attempts: [{ text: text.slice(0, 2), ending: 'reset' }],
    expect: { status: 'error', kind: 'network', text: half },
  },
  abort: {
    about: 'The server itself aborts in the middle of the text.',
    attempts: [{ text: text.slice(0, 2), ending: 'hang' }],
    aborts: true,
    expect: { status: 'error', kind: 'truncated', text: half },
  },
}
