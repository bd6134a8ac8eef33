import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, waitFor, within } from 'storybook/test'
import { patience } from '../parts/patience.ts'
import { readyToStart } from '../parts/ready-to-start.ts'
import { outcomes } from './outcomes.ts'
import { Outcomes } from './outcomes.tsx'

const meta = {
  title: 'Outcomes',
  component: Outcomes,
} satisfies Meta<typeof Outcomes>

export default meta

type Story = StoryObj<typeof meta>

const words = { complete: 'Complete', aborted: 'Aborted', error: 'Failed' }

export const Default: Story = { play: readyToStart('Run all') }

/** Each outcome has its status, kind, readable message and kept text. */
export const EveryOutcome: Story = {
  tags: ['!dev'],
  async play({ canvasElement, userEvent }) {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Run all' }))
    await waitFor(
      () => expect(canvas.getByRole('status')).toHaveTextContent(/^All \d+ have ended$/),
      patience,
    )
    for (const { name, status, kind, group } of outcomes) {
      const tile = within(canvas.getByRole('region', { name }))
      await expect(tile.getByTestId('status')).toHaveTextContent(
        words[status as keyof typeof words],
      )
      const reason = tile.getByTestId('reason').textContent
      if (kind === undefined) await expect(reason).toMatch(/^(The|You|Stopped|Cut) /)
      else await expect(reason).toMatch(new RegExp(`^${kind} error: [A-Z“']`))
      await expect(reason).not.toMatch(/undefined|\[object|<\w/)
      const isEmpty =
        group === 'HTTP' ||
        /^(No connection|timeouts\.(response|firstToken)|A login page|Unexpected format|Refusal)/.test(
          name,
        )
      await expect(tile.getByTestId('text').textContent, name).toMatch(
        isEmpty ? /^(No text|I can’t help with that\.)$/ : /^(Rivers|\{"title")/,
      )
    }
    // The other hook reports a truncated answer as finished.
    const other = (name: string) =>
      within(canvas.getByRole('region', { name })).getByTestId('other').textContent
    await waitFor(() => {
      void expect(other('End marker missing')).toMatch(/finished, 67 characters/)
      void expect(other('500')).toMatch(/✕/)
    }, patience)
    await userEvent.click(canvas.getByRole('button', { name: 'Run all' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Stop' }))
    await waitFor(
      () => expect(canvas.getByRole('status')).toHaveTextContent(/^All \d+ have ended$/),
      patience,
    )
  },
}
