import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, onTestFinished, test as anyTest } from 'vitest'
import { page, server } from 'vitest/browser'
import { createCompletionRegistry, useStreamingCompletion } from '../../src/index.ts'
import { completionStream, createControlledFetch } from '../../src/testing.ts'

/** The system's browsers can only open a page: clicks are not supported. */
const test = anyTest.skipIf(server.provider === 'system')

const registry = createCompletionRegistry()
const { fetch, requests, nextRequest } = createControlledFetch()

function Answer({ chat }: { chat: string }) {
  const completion = registry.get<string>(chat, { url: '/api/completion', fetch })
  const { text, status, start, abort } = useStreamingCompletion({ completion })
  return (
    <>
      <button onClick={() => void start('Hi')}>Ask</button>
      <button onClick={abort}>Stop</button>
      <output>{`${chat}, ${status}: ${text}`}</output>
    </>
  )
}

/** An app with two pages. */
function App() {
  const [chat, setChat] = useState<string | undefined>('one')
  return (
    <>
      <nav>
        <button onClick={() => setChat('one')}>Chat one</button>
        <button onClick={() => setChat('two')}>Chat two</button>
        <button onClick={() => setChat(undefined)}>Settings</button>
      </nav>
      {chat === undefined ? 'Settings' : <Answer key={chat} chat={chat} />}
    </>
  )
}

const click = (name: string) => page.getByRole('button', { name }).click()
const seen = (text: string) => expect.element(page.getByText(text, { exact: true })).toBeVisible()

test('an answer keeps streaming while the user is elsewhere in the app, and is live when they return', async () => {
  const container = document.body.appendChild(document.createElement('div'))
  const root = createRoot(container)
  root.render(<App />)
  onTestFinished(() => {
    root.unmount()
    container.remove()
  })
  const { steps } = completionStream({ text: 'Once upon a time' }, { deltaLength: 5 })
  await click('Ask')
  const request = await nextRequest()
  request.respond()
  const deltas = steps.map(({ send }) => send)
  for (const delta of deltas.slice(0, 4)) request.send(delta)
  await seen('one, streaming: Once upon')

  await click('Settings')
  await seen('Settings')
  request.send(deltas[4]!)
  await click('Chat two')
  await seen('two, idle: ')
  await click('Chat one')
  await seen('one, streaming: Once upon a tim')
  request.send(deltas[5]!)
  await seen('one, streaming: Once upon a time')
  for (const delta of deltas.slice(6)) request.send(delta)
  await seen('one, complete: Once upon a time')
  expect(requests).toHaveLength(1)

  // Stop reaches the answer whichever page it was started on.
  await click('Ask')
  const second = await nextRequest()
  await click('Settings')
  await click('Chat one')
  await click('Stop')
  await expect.poll(() => second.closedByClient).toBe(true)
})
