import type { Session } from './devtools.ts'

/** The longest tasks of a page's main thread, in milliseconds of CPU time. */
export interface LongestTasks {
  /** The longest task as a whole. */
  task: number
  /** The part of that task for style, layout and paint. */
  rendering: number
  /** The longest time of any task without style, layout and paint. */
  beside: number
}

interface TraceEvent {
  name: string
  ph: string
  pid: number
  tid: number
  ts: number
  /** CPU time of the thread, in microseconds. */
  tdur?: number
  dur?: number
  args: { name?: string }
}

const renderingSteps = new Set([
  'UpdateLayoutTree',
  'Layout',
  'PrePaint',
  'Paint',
  'Layerize',
  'Commit',
])

/** Traces the main thread from now on. The result splits its tasks by type of work. */
export async function startTrace(inspector: Session): Promise<() => Promise<LongestTasks>> {
  const events: TraceEvent[] = []
  const stop = inspector.on('Tracing.dataCollected', ({ value }: { value: TraceEvent[] }) => {
    for (const event of value) events.push(event)
  })
  await inspector.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {
      recordMode: 'recordAsMuchAsPossible',
      includedCategories: ['devtools.timeline', 'disabled-by-default-devtools.timeline'],
      excludedCategories: ['*'],
    },
  })
  return async () => {
    const complete = new Promise((resolve) => inspector.on('Tracing.tracingComplete', resolve))
    await inspector.send('Tracing.end')
    await complete
    stop()
    return takeApart(events)
  }
}

function takeApart(events: readonly TraceEvent[]): LongestTasks {
  const main = busiestPage(events)
  const own = events
    .filter((event) => event.ph === 'X' && threadOf(event) === main)
    .toSorted((a, b) => a.ts - b.ts)
  const steps = own.filter(({ name }) => renderingSteps.has(name))
  let longest = { task: 0, rendering: 0 }
  let beside = 0
  let next = 0
  for (const task of own) {
    if (task.name !== 'RunTask') continue
    const end = task.ts + task.dur!
    let rendering = 0
    let covered = 0
    while (next < steps.length && steps[next]!.ts < end) {
      const step = steps[next++]!
      // A step within another is part of it.
      if (step.ts < task.ts || step.ts < covered) continue
      rendering += (step.tdur ?? 0) / 1000
      covered = step.ts + step.dur!
    }
    const whole = (task.tdur ?? 0) / 1000
    beside = Math.max(beside, whole - rendering)
    if (whole > longest.task) longest = { task: whole, rendering }
  }
  return { ...longest, beside }
}

const threadOf = ({ pid, tid }: TraceEvent) => `${pid}/${tid}`

/** Finds the page whose main thread has the most work. */
function busiestPage(events: readonly TraceEvent[]): string | undefined {
  const work = new Map<string, number>()
  for (const event of events) {
    if (event.name === 'thread_name' && event.args.name === 'CrRendererMain') {
      work.set(threadOf(event), 0)
    }
  }
  for (const event of events) {
    const sofar = work.get(threadOf(event))
    if (event.name === 'RunTask' && sofar !== undefined) {
      work.set(threadOf(event), sofar + (event.tdur ?? 0))
    }
  }
  return Array.from(work).toSorted(([, a], [, b]) => b - a)[0]?.[0]
}
