import { expect, onTestFinished } from 'vitest'

/**
 * Collects what is reported as an uncaught error. What the test has not taken out of the list by its
 * end fails it.
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
