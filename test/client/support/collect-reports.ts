import { expect, onTestFinished } from 'vitest'

/**
 * Collects uncaught errors. The test fails if it has not removed all of them from the list by its end.
 */
export function collectReports(): unknown[] {
  const reports: unknown[] = []
  const { reportError } = globalThis
  globalThis.reportError = (error) => void reports.push(error)
  onTestFinished(() => {
    globalThis.reportError = reportError
    expect(reports, 'errors that nobody expected').toEqual([])
  })
  return reports
}
