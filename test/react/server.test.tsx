// @vitest-environment node
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import type { ReactElement } from 'react'
import { renderToPipeableStream, renderToString } from 'react-dom/server'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createCompletion } from '../../src/core.ts'
import {
  useCompletionState,
  useStreamingCompletion,
  type UseStreamingCompletionResult,
} from '../../src/index.ts'

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  vi.spyOn(console, 'warn').mockImplementation(() => undefined)
})

afterEach(() => {
  expect(console.error).not.toHaveBeenCalled()
  expect(console.warn).not.toHaveBeenCalled()
  vi.restoreAllMocks()
})

function renderToPipe(element: ReactElement): Promise<string> {
  const stream = renderToPipeableStream(element)
  return text(stream.pipe(new PassThrough()))
}

/** Uses the build for servers that have only web streams. */
async function renderToWebStream(element: ReactElement): Promise<string> {
  const { renderToReadableStream } = await import('react-dom/server.browser')
  return new Response(await renderToReadableStream(element)).text()
}

describe.each([
  ['renderToString', async (element: ReactElement) => renderToString(element)],
  ['renderToPipeableStream', renderToPipe],
  ['renderToReadableStream', renderToWebStream],
])('%s', (_, renderOnServer) => {
  test('renders idle, starts nothing, and logs no warnings', async () => {
    expect(typeof document).toBe('undefined')
    let requests = 0
    const seen: UseStreamingCompletionResult[] = []
    function Page() {
      const completion = useStreamingCompletion({
        url: '/api/completion',
        fetch: async () => {
          requests++
          return new Response()
        },
      })
      seen.push(completion)
      return <p>{`${completion.status}: ${completion.text}`}</p>
    }

    expect(await renderOnServer(<Page />)).toBe('<p>idle: </p>')

    expect(seen[0]).toMatchObject({ status: 'idle', text: '', output: [], error: undefined })
    expect(requests).toBe(0)
  })

  test('renders the current state of a shared completion', async () => {
    const completion = createCompletion({ url: '/' })
    function Page() {
      const { status } = useStreamingCompletion({ completion })
      const text = useCompletionState(completion, (state) => state.text)
      return <p>{`${status}: ${text}`}</p>
    }
    expect(await renderOnServer(<Page />)).toBe('<p>idle: </p>')
  })
})
