import { memo, startTransition, useLayoutEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, onTestFinished, test } from 'vitest'
import { useStreamingCompletion, type UseStreamingCompletionResult } from '../../src/index.ts'
import { chat } from './support/bodies.ts'
import { head, prepareFault } from './support/fault.ts'

/** The content of the next page: much more than React can render in one frame. */
const parts = Array.from({ length: 100 }, (_, index) => index)
const partMilliseconds = 3

function work(milliseconds: number) {
  const end = performance.now() + milliseconds
  while (performance.now() < end);
}

test('a time-sliced navigation is not restarted by a stream of 200 tokens per second', async () => {
  const pieces = Array.from({ length: 4000 }, (_, index) => `${index} `)
  const fault = await prepareFault(head(), { writes: pieces.map(chat.text), perSecond: 200 })
  const container = document.body.appendChild(document.createElement('main'))
  const root = createRoot(container)
  onTestFinished(() => {
    root.unmount()
    container.remove()
  })

  let completion!: UseStreamingCompletionResult
  let navigate!: () => void
  const renders = parts.map(() => 0)
  /** While the parts are rendered, frames are drawn between the slices. */
  let frames = 0

  const Part = memo(function Part({ index }: { index: number }) {
    renders[index]!++
    work(partMilliseconds)
    return <li>{index}</li>
  })

  function Answer() {
    const current = useStreamingCompletion({ url: fault.url })
    useLayoutEffect(() => {
      completion = current
    })
    return <pre>{current.text}</pre>
  }

  function App() {
    const [page, setPage] = useState('answer')
    useLayoutEffect(() => {
      navigate = () => startTransition(() => setPage('parts'))
    }, [page])
    return (
      <>
        <Answer />
        {page === 'parts' && (
          <ul>
            {parts.map((index) => (
              <Part key={index} index={index} />
            ))}
          </ul>
        )}
      </>
    )
  }

  root.render(<App />)
  await expect.poll(() => container.querySelector('pre')).not.toBeNull()
  const run = completion.start('Hi')
  await expect.poll(() => completion.text.length).toBeGreaterThan(50)

  const shown = () => container.querySelector('pre')!.textContent
  const before = shown()
  const count = () => {
    if (container.querySelector('ul')) return
    frames++
    requestAnimationFrame(count)
  }
  requestAnimationFrame(count)
  navigate()
  await expect.poll(() => container.querySelectorAll('li').length).toBe(parts.length)

  // The stream has continued all the time, and still continues.
  expect(completion.status).toBe('streaming')
  await expect.poll(() => shown().length).toBeGreaterThan(before.length + 100)
  expect(frames).toBeGreaterThan(5)
  // Once, or twice if it began in the middle of another slice.
  expect(renders[0]).toBeLessThanOrEqual(2)
  expect(Math.max(...renders)).toBeLessThanOrEqual(2)

  completion.abort()
  expect(await run).toMatchObject({ status: 'aborted' })
})
