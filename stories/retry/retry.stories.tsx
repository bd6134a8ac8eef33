import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, waitFor, within } from 'storybook/test'
import { inTests, isInTests } from '../parts/in-tests.ts'
import { patience } from '../parts/patience.ts'
import { Retry } from './retry.tsx'

const meta = {
  title: 'Abort and retry',
  component: Retry,
} satisfies Meta<typeof Retry>

export default meta

type Story = StoryObj<typeof meta>

/** Two requests are rejected and the third is answered. The state has the count and the time of the next attempt. */
export const TriesAgain: Story = {
  // Long enough to watch the countdown.
  args: { retryAfter: isInTests ? 0.4 : 2 },
  play: inTests(async ({ canvasElement, userEvent }) => {
    const canvas = within(canvasElement)
    const attempts = canvas.getByTestId('attempts')
    await expect(attempts).toHaveTextContent('No request sent yet.')
    await userEvent.click(canvas.getByRole('button', { name: 'Start' }))
    await waitFor(() => expect(attempts).toHaveTextContent(/Attempt 1 was rejected/), patience)
    await expect(attempts).toHaveTextContent(/starts in 0\.\d s/)
    await waitFor(() => expect(attempts).toHaveTextContent(/Attempt 2 was rejected/), patience)
    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent('Complete'), patience)
    await expect(attempts).toHaveTextContent(/^Attempt 3$/)
    await expect(canvas.getByTestId('text')).toHaveTextContent(
      /^This attempt succeeded\. .* has arrived\.$/,
    )
  }),
}

/** An abort during the wait cancels the next attempt. */
export const AbortedWhileItWaits: Story = {
  args: { retryAfter: 20 },
  play: inTests(async ({ canvasElement, userEvent }) => {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Start' }))
    await waitFor(
      () => expect(canvas.getByTestId('attempts')).toHaveTextContent(/was rejected/),
      patience,
    )
    await userEvent.click(canvas.getByRole('button', { name: 'Stop' }))
    await expect(canvas.getByRole('status')).toHaveTextContent('Aborted')
    await expect(canvas.getByTestId('attempts')).toHaveTextContent(/^Attempt 1$/)
    await expect(canvas.queryByRole('alert')).toBeNull()
  }),
}

/** Without `retry`, the first failure ends the run, and the user decides whether to retry. */
export const ByHand: Story = {
  args: { retry: 0, failures: 1 },
  play: inTests(async ({ canvasElement, userEvent }) => {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Start' }))
    await expect(await canvas.findByRole('alert', {}, patience)).toHaveTextContent('HTTP 503')
    await userEvent.click(canvas.getByRole('button', { name: 'Retry' }))
    await waitFor(
      () => expect(canvas.getByTestId('text')).toHaveTextContent(/^This request succeeded/),
      patience,
    )
    await userEvent.click(canvas.getByRole('button', { name: 'Stop' }))
    await expect(canvas.getByRole('status')).toHaveTextContent('Aborted')
    await expect(canvas.getByTestId('text')).toHaveTextContent(/^This request succeeded/)
  }),
}
