import { render } from '@testing-library/react'
import { StrictMode } from 'react'
import { beforeEach, expect, test } from 'vitest'
import { checkpointStore, resumable, useStreamingCompletion } from '../../src/index.ts'
import { createControlledFetch } from '../../src/testing.ts'
import { responseBody } from '../client/support/responses-stream.ts'
import { events, text } from '../client/support/resuming.ts'
import { turns } from '../client/support/turns.ts'
import { failOnReactWarnings } from './support/react-checks.ts'
import { step } from './support/step.ts'

failOnReactWarnings()
beforeEach(() => sessionStorage.clear())

function renderAnswer({ isStrict = false } = {}) {
  const { fetch, requests } = createControlledFetch()
  function Answer() {
    const { text, status, start } = useStreamingCompletion<string>({
      url: '/api/responses',
      fetch,
      resume: resumable({
        url: ({ responseId }) => `/api/responses/${responseId}`,
        store: checkpointStore('answer'),
      }),
    })
    return (
      <p>
        <button onClick={() => void start('Hi')}>Ask</button>
        {status}: {text}
      </p>
    )
  }
  const { container, unmount } = render(
    isStrict ? (
      <StrictMode>
        <Answer />
      </StrictMode>
    ) : (
      <Answer />
    ),
  )
  const ask = () => step(() => container.querySelector('button')!.click())
  return { requests, unmount, ask, shown: () => container.textContent }
}

test.each([false, true])(
  'an answer continues automatically after a reload, with one request (StrictMode: %s)',
  async (isStrict) => {
    const before = renderAnswer()
    await before.ask()
    await step(() => {
      before.requests[0]!.respond()
      before.requests[0]!.send(responseBody(events, 0, 4))
    })
    expect(before.shown()).toContain('streaming: Hel')
    // A reload leaves the same state behind as an unmount.
    before.unmount()
    await turns()

    const after = renderAnswer({ isStrict })
    await step(() => undefined)
    expect(after.requests.map(({ url }) => url)).toEqual(['/api/responses/resp_1'])
    await step(() => {
      after.requests[0]!.respond()
      after.requests[0]!.send(responseBody(events, 0))
    })
    expect(after.shown()).toContain(`complete: ${text}`)
    after.unmount()

    const next = renderAnswer()
    await step(() => undefined)
    expect(next.requests).toEqual([])
    expect(next.shown()).toContain('idle')
  },
)
