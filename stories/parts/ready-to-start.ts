import { expect, within } from 'storybook/test'
import { inTests } from './in-tests.ts'

/**
 * Checks a story before its start: nothing has been sent or shown, one button starts it, and there is
 * nothing to stop yet.
 */
export function readyToStart(start: string, stop = 'Stop') {
  return inTests(async ({ canvasElement }: { canvasElement: HTMLElement }) => {
    const canvas = within(canvasElement)
    await expect(canvas.getByRole('status')).toHaveTextContent('Ready')
    await expect(canvas.getByRole('button', { name: start })).toHaveAttribute(
      'aria-disabled',
      'false',
    )
    await expect(canvas.getByRole('button', { name: stop })).toHaveAttribute(
      'aria-disabled',
      'true',
    )
    await expect(canvas.queryByRole('alert')).toBeNull()
  })
}
