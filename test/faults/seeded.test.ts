import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { startFaultProxy } from '../support/fault-proxy.mjs'
import { checkRun } from './support/check-run.ts'
import { planRun } from './support/plan-from-seed.ts'
import type { Plan } from './support/plan.ts'
import { createRunner, type RunRecord } from './support/run-plan.ts'
import { watchLeftovers } from './support/watch-leftovers.ts'

/** How many runs are active at a time: most of them wait. */
const concurrency = 32

const { FAULT_RUN, FAULT_SEED, FAULT_COUNT, FAULT_INDEX } = process.env
const isSoak = FAULT_RUN === 'soak'
const seed = Number(FAULT_SEED ?? (isSoak ? Date.now() % 2 ** 31 : 20_261))
const first = Number(FAULT_INDEX ?? 0)
const count = FAULT_INDEX !== undefined ? 1 : Number(FAULT_COUNT ?? (isSoak ? 10_000 : 2500))

test(
  'after any faults, a run has the outcome that its bytes imply and leaks nothing',
  { timeout: isSoak ? 900_000 : 240_000 },
  async () => {
    console.log(`fault run: seed=${seed}, ${count} scripts`)
    const before = resourceCounts()
    const watch = watchLeftovers()
    const proxy = await startFaultProxy({
      beforeBreaking: (id) => runner.beforeBreaking(id),
    })
    const runner = createRunner(proxy)
    const outcomes = new Map<string, number>()
    const failures: string[] = []

    async function runOne(index: number) {
      const plan = planRun(seed, index)
      const id = `${seed}-${index}`
      try {
        const record = await watch.as(id, () => runner.run(plan))
        // A body that is cancelled may take a few turns to end the last read.
        for (let wait = 0; wait < 50 && watch.of(id).length > 0; wait++) await sleep(10)
        const complaints = [...checkRun(plan, record), ...watch.of(id)]
        if (complaints.length > 0) failures.push(describeFailure(plan, complaints, record))
        const outcome = `${record.result.status} ${record.result.error?.kind ?? ''}`.trim()
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
      } catch (error) {
        failures.push(describeFailure(plan, [String(error)]))
      }
    }

    let index = first
    const workers = Array.from({ length: concurrency }, async () => {
      while (index < first + count && failures.length < 10) await runOne(index++)
    })
    await Promise.all(workers)

    const counts = [...outcomes].sort().map(([outcome, times]) => `${times} ${outcome}`)
    console.log(`fault run: seed=${seed}, ${index - first} scripts: ${counts.join(', ')}`)
    expect(failures.join('\n\n')).toBe('')
    await expect.poll(() => proxy.openSockets(), { timeout: 10_000 }).toBe(0)
    await proxy.close()
    expect(watch.all()).toEqual([])
    expect(watch.rejections).toEqual([])
    watch.stop()
    await expect.poll(resourceCounts, { timeout: 10_000 }).toEqual(before)
  },
)

/** The resources that keep the process alive, by kind. */
function resourceCounts(): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const kind of process.getActiveResourcesInfo()) {
    // The test runner's own resources change.
    if (['Timeout', 'Immediate', 'MessagePort', 'FSReqCallback', 'FSReqPromise'].includes(kind))
      continue
    counts[kind] = (counts[kind] ?? 0) + 1
  }
  return counts
}

const shortened = (_: string, value: unknown) =>
  typeof value === 'string' && value.length > 100 ? `${value.slice(0, 100)}…` : value

function describeFailure(plan: Plan, complaints: string[], record?: RunRecord): string {
  const { script, ...rest } = plan
  return [
    `seed=${plan.seed} index=${plan.index} (FAULT_SEED=${plan.seed} FAULT_INDEX=${plan.index} runs it alone)`,
    ...complaints.map((complaint) => `  ✗ ${complaint}`),
    `  plan: ${JSON.stringify(rest)}`,
    `  answers: ${JSON.stringify(script.answers, shortened)}`,
    record &&
      `  error: ${record.result.error?.message}; abort: ${JSON.stringify(record.abort)}; timing: ${JSON.stringify(record.result.timing)}`,
    record &&
      `  sent: ${record.exchanges.map(({ method, sent, ending }) => `${method} ${Buffer.concat(sent).length} bytes, ${ending}`).join('; ')}`,
  ]
    .filter((line) => line !== undefined)
    .join('\n')
}
