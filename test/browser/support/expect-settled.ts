import { expect } from 'vitest'
import type { SettledState } from '../../../src/index.ts'
import { nextFrame, type CompletionPage } from './completion-page.tsx'

/** The fields of a settled state that a test is about; the error's fields may be named in part. */
export type ExpectedOutcome = Partial<Omit<SettledState, 'error' | 'status'>> & {
  readonly status: SettledState['status']
  readonly text: string
  readonly error?: Readonly<Record<string, unknown>> | undefined
}

/**
 * Holds one run to its outcome, and to what is true of every outcome: the promise, the hook, the page
 * and the callbacks agree, and the callbacks come once, after the final state.
 */
export async function expectSettled(
  page: CompletionPage,
  run: Promise<SettledState>,
  expected: ExpectedOutcome,
): Promise<SettledState> {
  const result = await run
  expect(result).toMatchObject(expected)
  await expect.poll(() => page.shown().isFinished).toBe(true)

  expect(page.completion).toMatchObject(expected)
  expect(page.shown()).toEqual({
    status: expected.status,
    text: expected.text,
    error: result.error?.message ?? '',
    isFinished: true,
  })
  // Whatever would come late must have come by now.
  await nextFrame()
  await nextFrame()
  expectCallbacks(page, [result])
  expectFinishedAfterFinalText(page)
  return result
}

/** The callbacks of runs that have all settled, in the order in which they did. */
export function expectCallbacks(page: CompletionPage, results: readonly SettledState[]): void {
  expect(page.callbacks).toEqual(
    results.flatMap((result) => [
      ...(result.status === 'error' ? [{ name: 'onError', error: result.error, result }] : []),
      { name: 'onFinish', result },
    ]),
  )
}

/** An app that reacts to `onFinish` never sees a state that is older than it. */
function expectFinishedAfterFinalText(page: CompletionPage): void {
  const final = page.history.at(-1)
  for (const shown of page.history.filter(({ isFinished }) => isFinished)) {
    expect(shown).toEqual(final)
  }
}
