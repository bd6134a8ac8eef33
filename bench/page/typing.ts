/** The time from each key event to the next paint, by the Event Timing API. */
export function watchKeys(): () => readonly number[] {
  const slowest = new Map<number, number>()
  const note = (entries: PerformanceEntryList) => {
    for (const entry of entries as PerformanceEventTiming[]) {
      if (!/^key(down|press)$|^input$/.test(entry.name)) continue
      slowest.set(entry.startTime, Math.max(slowest.get(entry.startTime) ?? 0, entry.duration))
    }
  }
  const observer = new PerformanceObserver((list) => {
    note(list.getEntries())
  })
  // The API does not report values below 16 ms.
  observer.observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit)
  return () => {
    note(observer.takeRecords())
    return [...slowest.values()]
  }
}
