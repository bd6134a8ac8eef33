import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RandomTalk, type Step } from './support/random-talk.ts'

const { FAULT_RUN, FAULT_SEED, CONVERSATION_COUNT } = process.env
const isSoak = FAULT_RUN === 'soak'
const seed = Number(FAULT_SEED ?? (isSoak ? Date.now() % 2 ** 31 : 20_261))
const numRuns = Number(CONVERSATION_COUNT ?? (isSoak ? 20_000 : 200))

const at = fc.nat(20)
const tool = fc.constantFrom('quick', 'held', 'broken', 'guarded', 'unknown')

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.constant({ do: 'send' } as const) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      tools: fc.array(tool, { maxLength: 3 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('endTool' as const), at, ok: fc.boolean() }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('approve' as const), decision: fc.boolean() }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('regenerateOne' as const, 'edit' as const, 'select' as const),
      at,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), at }) },
  {
    weight: 6,
    arbitrary: fc
      .constantFrom(
        'begin',
        'fail',
        'late',
        'stop',
        'regenerate',
        'reload',
        'unmount',
        'save',
        'loadOlder',
      )
      .map((name) => ({ do: name })),
  },
)

test(
  'after any sequence, at most one answer runs, no call is sent without its output, and nothing is lost',
  { timeout: isSoak ? 1_800_000 : 60_000 },
  async () => {
    if (isSoak) console.log(`conversations: seed=${seed}, ${numRuns} sequences`)
    const rejections: unknown[] = []
    const note = (reason: unknown) => rejections.push(reason)
    process.on('unhandledRejection', note)
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('supersede' as const, 'queue' as const, 'drop' as const),
        fc.array(step, { minLength: 4, maxLength: 24 }),
        async (whenBusy, steps) => {
          const talk = new RandomTalk(whenBusy)
          for (const each of steps) await talk.take(each)
          await talk.take({ do: 'clear' })
        },
      ),
      { seed, numRuns },
    )
    process.off('unhandledRejection', note)
    expect(rejections).toEqual([])
  },
)
