import type { Session } from './devtools.ts'

/** The CPU time of a page's main thread since the page was opened, in milliseconds. */
export interface MainThreadTime {
  task: number
  layout: number
}

interface Metrics {
  metrics: { name: string; value: number }[]
}

/**
 * Counts CPU time, not wall-clock time: other programs delay the main thread, but do not add to the page's
 * CPU time.
 */
export async function countMainThread(inspector: Session): Promise<() => Promise<MainThreadTime>> {
  await inspector.send('Performance.enable', { timeDomain: 'threadTicks' })
  return async () => {
    const { metrics } = await inspector.send<Metrics>('Performance.getMetrics')
    const seconds = new Map(metrics.map(({ name, value }) => [name, value]))
    const milliseconds = (name: string) => (seconds.get(name) ?? 0) * 1000
    return {
      task: milliseconds('TaskDuration'),
      layout: milliseconds('LayoutDuration') + milliseconds('RecalcStyleDuration'),
    }
  }
}
