import type { Session } from './devtools.ts'

/** What the main thread of a page has spent since it was opened, in milliseconds. */
export interface MainThreadTime {
  task: number
  layout: number
}

interface Metrics {
  metrics: { name: string; value: number }[]
}

/**
 * Counts CPU time, not the time on the wall: what else runs on the machine takes the main thread's
 * turn away, but adds nothing to what the page needs.
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
