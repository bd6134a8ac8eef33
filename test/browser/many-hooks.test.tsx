import { Profiler } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, onTestFinished, test } from 'vitest'
import { useStreamingCompletion, type UseStreamingCompletionResult } from '../../src/index.ts'
import { chat, done } from './support/bodies.ts'
import { countFrames } from './support/count-frames.ts'

/** The commits that a page may have in addition to one per frame: the start, the first texts, the ends. */
const urgentCommits = 3

const nextTask = () => new Promise((resolve) => setTimeout(resolve))

/** Bodies that continue together: each chunk reaches all of them in one task. */
function createBodies(count: number) {
  const controllers: ReadableStreamDefaultController<Uint8Array>[] = []
  const bodies = Array.from(
    { length: count },
    () =>
      new ReadableStream<Uint8Array>({ start: (controller) => void controllers.push(controller) }),
  )
  return {
    bodies,
    send: (piece: string) => {
      const bytes = new TextEncoder().encode(piece)
      for (const controller of controllers) controller.enqueue(bytes)
    },
  }
}

test.each([20, 100])('%i hooks at once share one commit per frame', async (count) => {
  const { bodies, send } = createBodies(count)
  const completions: UseStreamingCompletionResult[] = []
  let commits = 0

  function Answer({ index }: { index: number }) {
    const completion = useStreamingCompletion({
      source: () =>
        new Response(bodies[index], { headers: { 'content-type': 'text/event-stream' } }),
    })
    completions[index] = completion
    return <p>{completion.text}</p>
  }

  const container = document.body.appendChild(document.createElement('main'))
  const root = createRoot(container)
  onTestFinished(() => {
    root.unmount()
    container.remove()
  })
  root.render(
    <Profiler id="page" onRender={() => commits++}>
      {bodies.map((_, index) => (
        <Answer key={index} index={index} />
      ))}
    </Profiler>,
  )
  await expect.poll(() => container.childElementCount).toBe(count)

  commits = 0
  const frames = countFrames()
  const runs = completions.map(({ start }) => start('Hi'))
  let rounds = 0
  while (frames.count < 40) {
    send(chat.text(`${rounds++} `))
    await nextTask()
  }
  send(chat.finish('stop') + done)
  const results = await Promise.all(runs)

  const text = Array.from({ length: rounds }, (_, round) => `${round} `).join('')
  expect(results.every((result) => result.status === 'complete' && result.text === text)).toBe(true)
  await expect
    .poll(() => [...container.children].every((child) => child.textContent === text))
    .toBe(true)
  expect(commits).toBeLessThanOrEqual(frames.count + urgentCommits)
  // The text was streamed.
  expect(commits).toBeGreaterThan(10)
})
