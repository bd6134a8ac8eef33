// @vitest-environment node
import { renderToString } from 'react-dom/server'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createCompletion } from '../../src/core.ts'
import { useStreamingCompletion, type UseStreamingCompletionResult } from '../../src/index.ts'

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
})

afterEach(() => {
  vi.restoreAllMocks()
})

test('on the server the hook renders idle, starts nothing, and warns of nothing', () => {
  expect(typeof document).toBe('undefined')
  let requests = 0
  let seen: UseStreamingCompletionResult | undefined
  function Page() {
    const completion = useStreamingCompletion({
      url: '/api/completion',
      fetch: async () => {
        requests++
        return new Response()
      },
    })
    seen = completion
    return (
      <p>
        {completion.status}: {completion.text}
      </p>
    )
  }

  expect(renderToString(<Page />)).toBe('<p>idle<!-- -->: </p>')

  expect(seen).toMatchObject({ status: 'idle', text: '', output: [], error: undefined })
  expect(requests).toBe(0)
  expect(console.error).not.toHaveBeenCalled()
  expect(console.warn).not.toHaveBeenCalled()
})

test('a shared completion renders as it is', () => {
  const completion = createCompletion({ url: '/' })
  function Page() {
    return <p>{useStreamingCompletion({ completion }).status}</p>
  }
  expect(renderToString(<Page />)).toBe('<p>idle</p>')
  expect(console.error).not.toHaveBeenCalled()
})
