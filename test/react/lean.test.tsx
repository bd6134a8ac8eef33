import { renderHook, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import {
  createCompletion,
  openaiChat,
  openaiResponses,
  useStreamingCompletion,
} from '../../src/lean.ts'
import { chatStream } from '../support/wire-text.ts'

const source = () =>
  new Response(chatStream({ content: 'Hi' }), {
    headers: { 'content-type': 'text/event-stream' },
  })

test('the lean hook reads the format that it is given', async () => {
  const { result } = renderHook(() => useStreamingCompletion({ source, format: openaiChat }))
  void result.current.start('a')
  await waitFor(() => expect(result.current).toMatchObject({ status: 'complete', text: 'Hi' }))
})

test('the lean hook does not detect another format: it names the one that it sees', async () => {
  const { start } = createCompletion({ source, format: openaiResponses })
  const { status, error } = await start('a')
  expect([status, error?.kind]).toEqual(['error', 'protocol'])
  expect(error?.message).toContain('openai-chat')
})

test.each(['auto', 'openai-chat', undefined])(
  'a lean completion with the format %s is an error that says what to import',
  async (format) => {
    const { start } = createCompletion({ source, format: format as never })
    const { error } = await start('a')
    expect(error?.kind).toBe('app')
    expect(error?.message).toContain('Import a format')
  },
)
