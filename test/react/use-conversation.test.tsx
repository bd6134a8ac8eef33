import { act, render, renderHook, screen } from '@testing-library/react'
import { memo, StrictMode, useEffect } from 'react'
import { renderToString } from 'react-dom/server'
import { describe, expect, test, vi } from 'vitest'
import {
  createConversation,
  responsesConversation,
  useConversation,
  type Turn,
  type UseConversationResult,
} from '../../src/conversation.ts'
import { completionStream, createControlledFetch, scriptedFetch } from '../../src/testing.ts'
import type { UserInput } from '../../src/conversation.ts'

type Chat = UseConversationResult<UserInput>

const settle = () => act(() => new Promise((resolve) => setTimeout(resolve, 20)))

const answering = (text: string) => ({
  url: '/api',
  api: responsesConversation,
  publish: 'sync' as const,
  fetch: scriptedFetch(completionStream({ text })),
})

test('shows the turns as they arrive', async () => {
  const { result } = renderHook(() => useConversation(answering('Hello')))
  act(() => result.current.send('Hi'))
  expect(result.current).toMatchObject({ status: 'connecting', isBusy: true })
  await settle()
  expect(result.current.turns.map(({ role, text }) => [role, text])).toEqual([
    ['user', 'Hi'],
    ['assistant', 'Hello'],
  ])
})

test('its controls keep their identity', async () => {
  const { result } = renderHook(() => useConversation(answering('Hello')))
  const controlsOf = (chat: Chat) =>
    (Object.values(chat) as unknown[]).filter((value) => typeof value === 'function')
  const before = controlsOf(result.current)
  expect(before).toHaveLength(9)
  act(() => result.current.send('Hi'))
  await settle()
  controlsOf(result.current).forEach((control, index) => expect(control).toBe(before[index]))
})

test('the options of the latest render are used', async () => {
  const { result, rerender } = renderHook(({ text }) => useConversation(answering(text)), {
    initialProps: { text: 'old' },
  })
  rerender({ text: 'new' })
  act(() => result.current.send('Hi'))
  await settle()
  expect(result.current.turns[1]).toMatchObject({ text: 'new' })
})

describe('a conversation of 500 turns and a megabyte', () => {
  test('renders only the streaming row, once per publish', async () => {
    const renders = new Map<string, number>()
    const Row = memo(function Row({ turn }: { turn: Turn }) {
      useEffect(() => void renders.set(turn.id, (renders.get(turn.id) ?? 0) + 1))
      return <p>{turn.text.length}</p>
    })
    const { fetch, nextRequest } = createControlledFetch()
    const output = [
      {
        type: 'message',
        id: 'm',
        content: [{ type: 'output_text', text: 'x'.repeat(4000), annotations: [] }],
      },
    ]
    const turns = Array.from({ length: 500 }, (_, index) => ({
      id: `t${index}`,
      ...(index > 0 && { parent: `t${index - 1}` }),
      ...(index % 2 === 0
        ? { role: 'user', input: 'Hi' }
        : { role: 'assistant', status: 'complete', results: [], output }),
    }))
    const conversation = createConversation({
      url: '/api',
      api: responsesConversation,
      publish: 'sync',
      fetch,
      initial: { schema: 'use-streaming-completion/conversation', version: 1, queue: [], turns },
    })
    let publishings = 0
    conversation.subscribe(() => publishings++)
    function Chat() {
      const { turns } = useConversation({ conversation })
      return turns.map((turn) => <Row key={turn.id} turn={turn} />)
    }
    render(<Chat />)
    expect(renders.size).toBe(500)
    renders.clear()
    act(() => conversation.send('Next'))
    const request = await nextRequest()
    request.respond()
    await settle()
    publishings = 0
    renders.clear()
    const at = { output_index: 0, content_index: 0, item_id: 'm' }
    for (let token = 0; token < 10; token++) {
      request.send({ type: 'response.output_text.delta', ...at, delta: 'word ' })
      await settle()
    }
    const { id } = conversation.getState().turns.at(-1)!
    expect(publishings).toBe(10)
    expect([...renders]).toEqual([[id, 10]])
    act(() => conversation.stop())
  })
})

describe('unmount', () => {
  test('ends the answer and its tools, and closes the connection', async () => {
    const { fetch, nextRequest } = createControlledFetch()
    const onFinish = vi.fn()
    const { result, unmount } = renderHook(() =>
      useConversation({ url: '/api', api: responsesConversation, fetch, onFinish }),
    )
    act(() => result.current.send('Hi'))
    const request = await nextRequest()
    unmount()
    await settle()
    expect(request.closedByClient).toBe(true)
    expect(onFinish).toHaveBeenCalledTimes(1)
    expect(onFinish).toHaveBeenCalledWith(
      expect.objectContaining({ status: 'aborted', abortReason: 'unmount' }),
    )
  })

  test('starts nothing afterwards, and a callback that sends does not loop', async () => {
    const { fetch, requests } = createControlledFetch()
    const { result, unmount } = renderHook((): Chat => {
      const chat = useConversation({
        url: '/api',
        api: responsesConversation,
        fetch,
        onFinish: () => chat.send('again'),
      })
      return chat
    })
    act(() => result.current.send('Hi'))
    await settle()
    unmount()
    await settle()
    result.current.send('late')
    result.current.regenerate()
    await settle()
    expect(requests).toHaveLength(1)
  })

  test('of a component that shares a conversation ends nothing', async () => {
    const conversation = createConversation(answering('Hello'))
    const { result, unmount } = renderHook(() => useConversation({ conversation }))
    act(() => result.current.send('Hi'))
    unmount()
    await settle()
    expect(conversation.getState().turns[1]).toMatchObject({ status: 'complete', text: 'Hello' })
  })
})

test('it works in StrictMode, and one request is sent', async () => {
  const { fetch, requests } = createControlledFetch()
  function Chat() {
    const { send, status } = useConversation({ url: '/api', api: responsesConversation, fetch })
    useEffect(() => send('Hi'), [send])
    return <p>{status}</p>
  }
  render(<Chat />, { wrapper: StrictMode })
  await settle()
  expect(requests.filter((request) => !request.closedByClient)).toHaveLength(1)
  expect(screen.getByText('connecting')).toBeTruthy()
})

test('the server renders the loaded turns', () => {
  const conversation = createConversation(answering('Hello'))
  conversation.send('Hi')
  conversation.stop()
  const initial = JSON.stringify(conversation)
  function Chat() {
    const { turns } = useConversation({ ...answering('Hello'), initial })
    return turns.map((turn) => <p key={turn.id}>{turn.text}</p>)
  }
  expect(renderToString(<Chat />)).toBe('<p>Hi</p><p></p>')
  expect(renderToString(<Empty />)).toBe('idle')
})

function Empty() {
  return useConversation(answering('Hello')).status
}

test('it is saved with JSON.stringify', async () => {
  const { result } = renderHook(() => useConversation(answering('Hello')))
  act(() => result.current.send('Hi'))
  await settle()
  const { result: loaded } = renderHook(() =>
    useConversation({ ...answering('Hello'), initial: JSON.stringify(result.current) }),
  )
  expect(loaded.current.turns).toEqual(result.current.turns)
})
