import { useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, beforeEach, expect, inject, test as anyTest } from 'vitest'
import { server } from 'vitest/browser'
import { createCompletion } from '../../src/core.ts'
import { useStreamingCompletion } from '../../src/index.ts'
import type { FaultScript } from '../support/fault-proxy-script.ts'
import { chat } from './support/bodies.ts'
import { countListeners, holdings } from './support/leaks.ts'

/** A stream that sends some text and then stays open, for every request. */
const unending: FaultScript = {
  events: [{ text: chat.text('Half') }, { text: chat.finish('stop') }],
  answers: [
    {
      status: 200,
      headers: {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'access-control-allow-origin': '*',
      },
      body: { from: 'origin' },
      framing: 'chunked',
      keepAlive: false,
      gzip: false,
      pieceLength: 0,
      writeLength: 0,
      trickle: 0,
      pauses: [],
      ending: { how: 'stall', place: 'event-end', pick: 0 },
    },
  ],
}

// Only Chromium can force a garbage collection and report its result.
const test = anyTest.skipIf(server.browser !== 'chromium')

const cycles = 1000
const megabyte = 1024 * 1024
const url = `${inject('faultProxy')}/runs/leaks`

let listeners: ReturnType<typeof countListeners>
beforeEach(() => (listeners = countListeners()))
afterEach(() => listeners.stop())

async function openConnections(): Promise<number> {
  const response = await fetch(`${inject('faultProxy')}/sockets`)
  return ((await response.json()) as { open: number }).open
}

const nextTask = () => new Promise((resolve) => setTimeout(resolve))

/** Runs the cycles. The first few are not measured, because they fill caches and compile code. */
async function expectNoLeak(cycle: (index: number) => Promise<void>) {
  for (let index = 0; index < 100; index++) await cycle(index)
  await expect.poll(openConnections).toBe(0)
  const before = { ...(await holdings()), left: listeners.left() }

  for (let index = 0; index < cycles; index++) await cycle(index)

  await expect.poll(openConnections).toBe(0)
  expect(listeners.left()).toBe(before.left)
  const after = await holdings()
  console.log(
    `heap after ${cycles} cycles: ${((after.heap - before.heap) / 1024).toFixed(0)} kB more; listeners: ${after.listeners - before.listeners} more`,
  )
  expect(after.heap - before.heap).toBeLessThan(megabyte)
  // React may keep the last root for a while, with about 140 listeners.
  expect(after.listeners - before.listeners).toBeLessThan(cycles / 4)
}

test(
  `${cycles} starts and aborts leak no memory, connection or listener`,
  { timeout: 180_000 },
  async () => {
    const completion = createCompletion<FaultScript>({ url })
    let finished = 0
    completion.setOptions({ url, onFinish: () => finished++ })
    let started = 0

    await expectNoLeak(async (index) => {
      const run = completion.start(unending)
      started++
      // Ended before the request, while it is under way, or when there is text.
      if (index % 3 === 1) await nextTask()
      if (index % 3 === 2) {
        await new Promise<void>((resolve) => {
          const stop = completion.subscribe(() => {
            if (completion.getState().text === '') return
            stop()
            resolve()
          })
        })
      }
      completion.abort()
      expect((await run).status).toBe('aborted')
    })
    expect(finished).toBe(started)
  },
)

function Answer({ onText }: { onText: () => void }) {
  const { text, start } = useStreamingCompletion<FaultScript>({ url })
  useEffect(() => void start(unending), [start])
  useEffect(() => {
    if (text !== '') onText()
  }, [text, onText])
  return <p>{text}</p>
}

test(
  `${cycles} mounts and unmounts leak no memory, connection or listener`,
  { timeout: 180_000 },
  async () => {
    await expectNoLeak(async (index) => {
      const container = document.body.appendChild(document.createElement('main'))
      const root = createRoot(container)
      const shown = new Promise<void>((resolve) => root.render(<Answer onText={resolve} />))
      // Unmounted while it connects, or with its text on the page.
      await (index % 2 === 0 ? nextTask() : shown)
      root.unmount()
      container.remove()
    })
  },
)
