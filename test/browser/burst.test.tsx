import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, onTestFinished, test } from 'vitest'
import { server, userEvent } from 'vitest/browser'
import { useStreamingCompletion, type UseStreamingCompletionResult } from '../../src/index.ts'
import { chat } from './support/bodies.ts'
import { renderCompletion } from './support/completion-page.tsx'
import { expectSettled } from './support/expect-settled.ts'
import { end, head, prepareFault, write } from './support/fault.ts'

const words = (count: number) => Array.from({ length: count }, (_, position) => `${position} `)

/**
 * A slow app, so that a burst takes long on any machine. Not with every event, because Firefox's clock has
 * whole milliseconds.
 */
function workEvery(events: number, milliseconds: number) {
  let left = 0
  return () => {
    if (--left > 0) return
    left = events
    const until = performance.now() + milliseconds
    while (performance.now() < until);
  }
}

/** A browser that can only open a page does not support typing. */
const cannotType = server.provider === 'system'

test('the text grows while a burst is read', async () => {
  const pieces = words(10_000)
  const fault = await prepareFault(head(), write(chat.whole(pieces)), end)
  const page = await renderCompletion({ url: fault.url, onEvent: workEvery(20, 1) })
  await expectSettled(page, page.completion.start('Hi'), {
    status: 'complete',
    text: pieces.join(''),
  })
  const lengths = new Set(page.history.map(({ text }) => text.length))
  const between = [...lengths].filter((length) => length > 0 && length < pieces.join('').length)
  // Half a second of work. A reader that does not yield to React would show only the first word.
  expect(between.length).toBeGreaterThanOrEqual(5)
})

test.skipIf(cannotType)(
  'an input responds to typing before a burst has been read completely',
  async () => {
    const fault = await prepareFault(head(), write(chat.whole(words(10_000))), end)
    const container = document.body.appendChild(document.createElement('main'))
    const root = createRoot(container)
    onTestFinished(() => {
      root.unmount()
      container.remove()
    })
    const statuses: string[] = []
    const work = workEvery(4, 1.2)
    let completion: UseStreamingCompletionResult | undefined
    function App() {
      const [value, setValue] = useState('')
      const current = (completion = useStreamingCompletion({
        url: fault.url,
        onEvent: work,
      }))
      return (
        <>
          <input
            value={value}
            onChange={(event) => {
              statuses.push(current.status)
              setValue(event.target.value)
            }}
          />
          <pre>{current.text}</pre>
        </>
      )
    }
    root.render(<App />)
    await expect.poll(() => container.querySelector('input')).not.toBeNull()
    const input = container.querySelector('input')!
    const run = completion!.start('Hi')
    await expect.poll(() => container.querySelector('pre')?.textContent).not.toBe('')
    await userEvent.fill(input, 'typed')
    expect(statuses).toEqual(['streaming'])
    expect(input.value).toBe('typed')
    completion!.abort()
    expect((await run).text).not.toBe('')
  },
)
