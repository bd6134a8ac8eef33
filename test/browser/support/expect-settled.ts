import { expect } from 'vitest'
import type { SettledState } from '../../../src/index.ts'
import { nextFrame, type CompletionPage } from './completion-page.tsx'

/** The expected fields of a settled state; the error may have some of its fields only. */
export type ExpectedOutcome = Partial<Omit<SettledState, 'error' | 'status'>> & {
  readonly status: SettledState['status']
  readonly text: string
  readonly error?: Readonly<Record<string, unknown>> | undefined
}

/**
 * Checks the outcome of one run, and the rules for every outcome: the promise, the hook, the page and the
 * callbacks agree, and the callbacks are called once, after the final state.
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
  // Late events would have arrived by now.
  await nextFrame()
  await nextFrame()
  expectCallbacks(page, [result])
  expectFinishedAfterFinalText(page)
  return result
}

/** Checks the callbacks of settled runs, in the order in which the runs settled. */
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
