import { render } from '@testing-library/react'
import { lazy, Suspense } from 'react'
import { expect, test } from 'vitest'
import { useStreamingCompletion, type UseStreamingCompletionResult } from '../../src/index.ts'
import { createControlledFetch } from '../../src/testing.ts'
import { answer, textChunk } from '../client/support/chat.ts'
import { failOnReactWarnings } from './support/react-checks.ts'
import { step } from './support/step.ts'

failOnReactWarnings()

test('a renderer that is loaded lazily with the first token does not end the run', async () => {
  const { fetch, requests } = createControlledFetch()
  const seen: UseStreamingCompletionResult[] = []
  let load!: () => void
  const Markdown = lazy(async () => {
    await new Promise<void>((resolve) => (load = resolve))
    return { default: ({ text }: { text: string }) => <b>{text}</b> }
  })
  function Answer() {
    const completion = useStreamingCompletion({ url: '/', fetch, publish: 'sync' })
    seen.push(completion)
    return <p>{completion.text === '' ? 'nothing yet' : <Markdown text={completion.text} />}</p>
  }
  const { container } = render(
    <Suspense fallback="loading">
      <Answer />
    </Suspense>,
  )
  await step(() => seen.at(-1)!.start('a'))
  await step(() => {
    requests[0]!.respond()
    requests[0]!.send(textChunk('one'))
  })
  expect(container.textContent).toContain('loading')
  expect(requests[0]!.closedByClient).toBe(false)

  // Data that arrives while the component is hidden is included when it is shown again.
  await step(() => requests[0]!.send(textChunk(' two')))
  await step(() => load())
  expect(container.querySelector('b')?.textContent).toBe('one two')
  await step(() => requests[0]!.send(answer(' three')))
  expect(container.querySelector('b')?.textContent).toBe('one two three')
  expect(seen.at(-1)).toMatchObject({ status: 'complete' })
})
