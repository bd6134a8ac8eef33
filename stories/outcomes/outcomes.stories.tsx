import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, waitFor, within } from 'storybook/test'
import { patience } from '../parts/patience.ts'
import { outcomes } from './outcomes.ts'
import { Outcomes } from './outcomes.tsx'

const meta = {
  title: 'Outcomes',
  component: Outcomes,
  argTypes: { initial: { control: 'select', options: outcomes.map(({ id }) => id) } },
} satisfies Meta<typeof Outcomes>

export default meta

type Story = StoryObj<typeof meta>

const words = { complete: 'Complete', aborted: 'Aborted', error: 'Failed' }

/** The first outcome: all of the answer, and nothing to explain. */
export const Default: Story = {
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent('Complete'), patience)
    await expect(canvas.getByTestId('text')).toHaveTextContent(/^Rivers look still .* has, too\.$/)
    await expect(canvas.queryByRole('alert')).toBeNull()
  },
}

/** A connection that breaks keeps its text, and says that it broke. */
export const ACutConnection: Story = {
  args: { initial: 'cut' },
  async play({ canvasElement }) {
    const canvas = within(canvasElement)
    const alert = await canvas.findByRole('alert', {}, patience)
    await expect(alert).toHaveTextContent('network error')
    await expect(alert).toHaveTextContent('What had arrived is kept.')
    await expect(canvas.getByTestId('text')).toHaveTextContent(/^Rivers look still/)
  },
}

/** All of them, one after the other: the status, the kind, a message for people, and the kept text. */
export const EveryOutcome: Story = {
  tags: ['!dev'],
  async play({ canvasElement, userEvent }) {
    const canvas = within(canvasElement)
    for (const { name, status, kind, group } of outcomes) {
      await userEvent.click(canvas.getByRole('button', { name }))
      const run = canvas.getByRole('region', { name })
      await waitFor(
        () =>
          expect(within(run).getByRole('status')).toHaveTextContent(
            words[status as keyof typeof words],
          ),
        patience,
      )
      const alert = within(run).queryByRole('alert')
      if (kind === undefined) await expect(alert).toBeNull()
      else {
        await expect(alert).toHaveTextContent(`${kind} error`)
        await expect(alert?.textContent).not.toMatch(/undefined|\[object|<\w/)
      }
      const isEmpty =
        group === 'HTTP' ||
        /^(No connection|timeouts\.(response|firstToken)|A login page|Another format|Refusal)/.test(
          name,
        )
      const text = within(run).getByTestId('text').textContent
      await expect(text).toMatch(
        isEmpty ? /^(No text\.|I can’t help with that\.)$/ : /^(Rivers|\{"title")/,
      )
    }
  },
}
