// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { finishReasonOf } from '../../src/formats/vocabulary/finish-reason.ts'
import { readEveryWay } from '../support/read-body.ts'

describe('the finish reasons of all servers', () => {
  test.each([
    [
      'stop',
      'stop STOP stop_sequence end END_TURN end_turn eos eos_token completed complete done natural_stop hit_stop',
    ],
    [
      'length',
      'length LENGTH max_tokens MAX_TOKENS max_output_tokens max_completion_tokens model_length model_context_window_exceeded token_limit',
    ],
    [
      'content-filter',
      'content_filter content-filter sensitive SAFETY RECITATION PROHIBITED_CONTENT guardrail_intervened',
    ],
    ['tool-calls', 'tool_calls tool-calls tool_use TOOL_CALL function_call'],
    ['refusal', 'refusal'],
    ['other', 'other pause_turn user_stop LANGUAGE toString max_messages constructor'],
  ])('%s: %s', (reason, words) => {
    for (const word of words.split(' '))
      expect([word, finishReasonOf(word)]).toEqual([word, reason])
  })
})

const options = { contentType: 'text/event-stream' }
const chunk = (content: string, finish_reason: unknown) =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason }] })}\n\n`

test.each([
  ...['overloaded_error', 'api_error', 'network_error', 'insufficient_system_resource'],
  ...['MALFORMED_FUNCTION_CALL', 'function_call_filter: MALFORMED_FUNCTION_CALL'],
  ...['malformed_tool_use', 'abort', 'cancelled', 'USER_CANCEL', 'TIMEOUT', 'ERROR_LIMIT'],
  ...['failed', 'MISSING_THOUGHT_SIGNATURE'],
])('%s is an error, and the text is kept', async (word) => {
  const state = await readEveryWay(
    `${chunk('Hi', null)}${chunk('', word)}data: [DONE]\n\n`,
    options,
  )
  expect(state).toMatchObject({ status: 'error', text: 'Hi', error: { kind: 'api', type: word } })
})

test.each(['null', '', null, 'not_finished', 'FINISH_REASON_UNSPECIFIED'])(
  '%j is not a finish reason',
  async (word) => {
    expect(await readEveryWay(chunk('Hi', word), options)).toMatchObject({
      status: 'error',
      text: 'Hi',
      error: { kind: 'truncated' },
    })
  },
)
