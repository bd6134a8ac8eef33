import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { defineTools } from '../../src/conversation.ts'
import { answersOf, bodyOf, reply, rest, startTalk, type Talk } from './support/start-talk.ts'

const schema = z.object({ to: z.string() })
const toolCalls = [{ id: 'call_1', name: 'mail', arguments: { to: 'Ann' } }]

async function waitForApproval(approve: boolean | ((input: { to: string }) => boolean) = true) {
  const run = vi.fn(() => 'sent')
  const talk: Talk = startTalk({ tools: defineTools({ mail: { schema, run, approve } }) })
  talk.conversation.send('Mail Ann')
  await talk.answer({ toolCalls })
  return { ...talk, run }
}

test('a call waits in the state, and nothing runs', async () => {
  const { conversation, run, requests } = await waitForApproval()
  expect(run).not.toHaveBeenCalled()
  expect(requests).toHaveLength(1)
  expect(conversation.getState()).toMatchObject({
    status: 'approval',
    isBusy: true,
    approvals: [{ id: 'call_1', name: 'mail', input: { to: 'Ann' }, status: 'approval' }],
  })
})

test('an approved call runs once, and the model answers', async () => {
  const { conversation, run, nextRequest, requests } = await waitForApproval()
  const [approval] = conversation.getState().approvals
  conversation.approve(approval!)
  conversation.approve(approval!)
  expect(conversation.getState().status).toBe('tools')
  await rest()
  expect(run).toHaveBeenCalledTimes(1)
  await nextRequest()
  reply(requests[1]!, { text: 'Done' })
  await rest()
  expect(conversation.getState()).toMatchObject({ status: 'complete', approvals: [] })
})

test('a call that is not approved does not run, and the model receives the reason', async () => {
  const { conversation, run, nextRequest } = await waitForApproval()
  conversation.approve('call_1', { approved: false, reason: 'wrong Ann' })
  const { input } = bodyOf(await nextRequest())
  expect(run).not.toHaveBeenCalled()
  expect(input[2]).toMatchObject({ output: 'The user did not approve this call: wrong Ann.' })
})

test('a function decides with the validated input', async () => {
  const { run } = await waitForApproval(({ to }) => to !== 'Ann')
  expect(run).toHaveBeenCalledTimes(1)
})

test('if the function throws, the call does not run', async () => {
  const { conversation, run } = await waitForApproval(() => {
    throw new Error('no policy')
  })
  expect(run).not.toHaveBeenCalled()
  expect(answersOf(conversation)[0]!.results).toMatchObject([
    { status: 'error', output: 'no policy' },
  ])
})

test.each(['stop', 'send'] as const)('%s answers the waiting calls', async (control) => {
  const { conversation, run, requests } = await waitForApproval()
  const [approval] = conversation.getState().approvals
  if (control === 'stop') conversation.stop()
  conversation.send('Something else')
  conversation.approve(approval!)
  await rest()
  expect(run).not.toHaveBeenCalled()
  expect(requests).toHaveLength(2)
  expect(bodyOf(requests[1]!).input).toMatchObject([
    {},
    { type: 'function_call' },
    { type: 'function_call_output', output: 'Stopped by the user.' },
    { content: 'Something else' },
  ])
})

test('a call that needs no approval runs while another waits', async () => {
  const mail = vi.fn(() => 'sent')
  const { conversation, answer, nextRequest }: Talk = startTalk({
    tools: defineTools({
      mail: { schema, run: mail, approve: true },
      time: { run: () => 'noon' },
    }),
  })
  conversation.send('Mail Ann the time')
  await answer({ toolCalls: [...toolCalls, { id: 'call_2', name: 'time', arguments: {} }] })
  expect(answersOf(conversation)[0]!.results).toMatchObject([
    { status: 'approval' },
    { status: 'complete', output: 'noon' },
  ])
  conversation.approve('call_1')
  expect(bodyOf(await nextRequest()).input.slice(1)).toMatchObject([
    { call_id: 'call_1' },
    { call_id: 'call_1', output: 'sent' },
    { call_id: 'call_2' },
    { call_id: 'call_2', output: 'noon' },
  ])
})

test.each([
  [true, { approve: true }],
  [false, { approve: false, reason: 'The user did not approve this call.' }],
  [
    { approved: false, reason: 'not on Fridays' },
    { approve: false, reason: 'The user did not approve this call: not on Fridays.' },
  ],
])('a request of an MCP server is answered with %s', async (decision, response) => {
  const { conversation, nextRequest } = startTalk()
  conversation.send('Deploy')
  const request = await nextRequest()
  const item = {
    type: 'mcp_approval_request',
    id: 'mcpr_1',
    name: 'deploy',
    arguments: '{"to":"production"}',
    server_label: 'ops',
  }
  request.respond()
  request.send({ type: 'response.output_item.done', output_index: 0, item })
  request.send({ type: 'response.completed', response: { status: 'completed', output: [item] } })
  await rest()
  expect(conversation.getState()).toMatchObject({
    status: 'approval',
    approvals: [{ id: 'mcpr_1', name: 'deploy', input: { to: 'production' }, type: 'approval' }],
  })
  conversation.approve('mcpr_1', decision)
  expect(bodyOf(await nextRequest()).input.slice(1)).toMatchObject([
    item,
    { type: 'mcp_approval_response', approval_request_id: 'mcpr_1', ...response },
  ])
})

async function waitForClick() {
  const run = vi.fn(() => ({ type: 'computer_screenshot', image_url: 'data:,' }))
  const talk = startTalk({
    tools: defineTools({ computer: { definition: { type: 'computer' }, run } }),
  })
  talk.conversation.send('Click')
  const request = await talk.nextRequest()
  const checks = [{ id: 'sc_1', code: 'malicious', message: 'Look at the page' }]
  const item = {
    type: 'computer_call',
    id: 'cu_1',
    call_id: 'call_1',
    status: 'completed',
    action: { type: 'click', x: 1, y: 2 },
    pending_safety_checks: checks,
  }
  request.respond()
  request.send({ type: 'response.output_item.done', output_index: 0, item })
  request.send({ type: 'response.completed', response: { status: 'completed', output: [item] } })
  await rest()
  return { ...talk, run, checks }
}

test('a call with safety checks runs once the user has approved them, and its output acknowledges them', async () => {
  const { conversation, nextRequest, run, checks } = await waitForClick()
  expect(run).not.toHaveBeenCalled()
  const { approvals } = conversation.getState()
  expect(approvals).toMatchObject([{ name: 'computer', message: 'Look at the page' }])
  conversation.approve(approvals[0]!)
  const { input } = bodyOf(await nextRequest())
  expect(run).toHaveBeenCalledWith({ type: 'click', x: 1, y: 2 }, expect.anything())
  expect(input[2]).toEqual({
    type: 'computer_call_output',
    call_id: 'call_1',
    output: { type: 'computer_screenshot', image_url: 'data:,' },
    acknowledged_safety_checks: checks,
  })
})

test('a computer call without a screenshot is not sent, because the API does not accept a message as its output', async () => {
  const { conversation, nextRequest } = await waitForClick()
  conversation.stop()
  conversation.send('Never mind')
  expect(bodyOf(await nextRequest()).input).toEqual([
    { role: 'user', content: 'Click' },
    { role: 'user', content: 'Never mind' },
  ])
})

test('the list of approvals keeps its identity while nothing in it changes', async () => {
  const { conversation } = await waitForApproval()
  const { approvals } = conversation.getState()
  conversation.select(conversation.getState().turns[0]!)
  expect(conversation.getState().approvals).toBe(approvals)
})

test('a call that is approved after its tools were removed gets an output', async () => {
  const { conversation, run } = await waitForApproval()
  const loaded = startTalk({ initial: conversation.toJSON() })
  loaded.conversation.approve('call_1')
  const { input } = bodyOf(await loaded.nextRequest())
  expect(run).not.toHaveBeenCalled()
  expect(input[2]).toMatchObject({ output: "There is no tool named 'mail'." })
})
