import { act } from '@testing-library/react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { useStreamingCompletion, type UseStreamingCompletionResult } from '../../src/index.ts'
import { createControlledFetch } from '../../src/testing.ts'
import { answer } from '../client/support/chat.ts'
import { failOnReactWarnings } from './support/react-checks.ts'
import { step } from './support/step.ts'

failOnReactWarnings()

test('a page from the server hydrates without a mismatch, and can start', async () => {
  const { fetch, requests } = createControlledFetch()
  let completion!: UseStreamingCompletionResult
  function Page() {
    completion = useStreamingCompletion({ url: '/', fetch })
    return <p>{`${completion.status}: ${completion.text}`}</p>
  }
  const container = document.createElement('div')
  container.innerHTML = renderToString(<Page />)
  const paragraph = container.firstChild

  const root = await act(async () => hydrateRoot(container, <Page />))
  expect(container.firstChild).toBe(paragraph)
  expect(container.textContent).toBe('idle: ')

  await step(() => completion.start('a'))
  await step(() => {
    requests[0]!.respond()
    requests[0]!.send(answer('Hello'))
  })
  expect(container.textContent).toBe('complete: Hello')
  act(() => root.unmount())
})
