import fc from 'fast-check'
import { beforeEach, expect, test, vi } from 'vitest'
import type { PublishMode } from '../../src/core.ts'
import { bodyOf, doneMarker, finishChunk, textChunk } from './support/chat.ts'
import { startNativeRun } from './support/native-run.ts'
import { stubFrames } from './support/stub-frames.ts'
import { turns } from './support/turns.ts'

beforeEach(() => () => vi.restoreAllMocks())

/** A step of a streamed answer. */
type Step =
  | { type: 'token' | 'frame' | 'hide' | 'show' }
  // Frames may fire or not, whatever the visibility of the page is.
  | { type: 'pass'; milliseconds: number }

const steps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.constant<Step>({ type: 'token' }) },
    { weight: 4, arbitrary: fc.constant<Step>({ type: 'frame' }) },
    {
      weight: 4,
      arbitrary: fc.integer({ min: 1, max: 120 }).map<Step>((milliseconds) => ({
        type: 'pass',
        milliseconds,
      })),
    },
    { weight: 1, arbitrary: fc.constantFrom<Step>({ type: 'hide' }, { type: 'show' }) },
  ),
  { maxLength: 40 },
)

const modes = fc.constantFrom<PublishMode>('frame', 'sync', { every: 20 }, { every: 200 })

/** How long received data may stay unread, in milliseconds. */
const longestRest = 50

/** How long read data may stay unpublished, in milliseconds. */
const longestPublish = 250

test('whenever frames fire, all data is read within 50 ms and published within another 250 ms', async () => {
  const frames = stubFrames()
  await fc.assert(
    fc.asyncProperty(modes, steps, async (publish, sequence) => {
      let visibility: DocumentVisibilityState = 'visible'
      vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visibility)
      const run = await startNativeRun({ publish })
      let elapsed = 0
      const arrivals = [-Infinity]
      const countOlderThan = (age: number) => arrivals.filter((at) => elapsed - at >= age).length
      const pass = async (milliseconds: number) => {
        // One by one: a browser runs the microtasks of a timer before the next timer.
        for (let left = milliseconds; left > 0; left--) {
          elapsed++
          await vi.advanceTimersByTimeAsync(1)
        }
        await turns()
      }
      try {
        for (const step of sequence) {
          if (step.type === 'token') {
            await run.send(bodyOf(textChunk('.')))
            arrivals.push(elapsed)
          } else if (step.type === 'frame') await frames.drawSlowly()
          else if (step.type === 'pass') await pass(step.milliseconds)
          else visibility = step.type === 'hide' ? 'hidden' : 'visible'

          if (countOlderThan(longestRest) === arrivals.length) expect(run.isReading()).toBe(true)
          const { length } = run.client.getState().text
          expect(length).toBeGreaterThanOrEqual(countOlderThan(longestRest + longestPublish))
        }
        await run.send(bodyOf(finishChunk(), doneMarker))
        await pass(longestRest)
        const text = '0' + '.'.repeat(arrivals.length - 1)
        expect(run.client.getState()).toMatchObject({ status: 'complete', text })
        for (const [position, shown] of run.texts.entries()) {
          expect(shown.startsWith(run.texts[position - 1] ?? '')).toBe(true)
        }
      } finally {
        await run.stop()
      }
    }),
    { numRuns: 100 },
  )
})
