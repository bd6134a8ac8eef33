import type { BenchServer } from '../server/serve.ts'
import { entryId, type Entry, type Workload } from '../workloads/workload.ts'
import type { BenchBrowser } from './browser.ts'
import { textOf } from '../server/answer.ts'
import { measure, type Watch } from './measure.ts'
import { entryResult, type WorkloadResult } from './results.ts'
import type { Sample } from './sample.ts'

/**
 * Runs the contestants in turn, repeatedly, so that other load of the machine affects all of them. A contestant
 * that fails is disqualified and not run again.
 */
export async function runWorkload(
  browser: BenchBrowser,
  server: BenchServer,
  workload: Workload,
  repeats: number,
  watch: Watch,
): Promise<WorkloadResult> {
  const runs = new Map<Entry, Sample[]>(workload.entries.map((entry) => [entry, []]))
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const [entry, samples] of runs) {
      if (samples.at(-1)?.failure !== undefined) continue
      const sample = await measure(browser, server, workload, entry, watch)
      samples.push(sample)
      console.log(`  ${entryId(entry)} ${repeat + 1}/${repeats}: ${brief(sample)}`)
    }
  }
  return {
    workload,
    entries: Array.from(runs, ([entry, samples]) => entryResult(entry, samples)),
    textLength: textOf(workload.answer).length,
  }
}

function brief({ failure, mainThread, layout, commits, longTasks, tasks }: Sample): string {
  if (failure !== undefined) return failure
  const longest = tasks
    ? `longest task ${round(tasks.task)} ms, of which rendering ${round(tasks.rendering)} ms, beside it at most ${round(tasks.beside)} ms`
    : longTasks.length > 0
      ? `longest task ${Math.max(...longTasks)} ms`
      : 'no long task'
  return `${round(mainThread)} ms, without layout ${round(mainThread - layout)} ms, ${commits} commits, ${longest}`
}

const round = Math.round
