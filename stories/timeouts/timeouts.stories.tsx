import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, waitFor, within } from 'storybook/test'
import { inTests, isInTests } from '../parts/in-tests.ts'
import { patience } from '../parts/patience.ts'
import { Timeouts } from './timeouts.tsx'

const names = ['response', 'firstToken', 'idle', 'total'] as const

const meta = {
  title: 'Timeouts',
  component: Timeouts,
  argTypes: { name: { control: 'inline-radio', options: names } },
} satisfies Meta<typeof Timeouts>

export default meta

type Story = StoryObj<typeof meta>

/** The run ends with an error that names the timeout, and keeps its text. */
function timesOut(name: (typeof names)[number], text: RegExp): Story {
  return {
    args: { name },
    play: inTests(async ({ canvasElement, userEvent }) => {
      const canvas = within(canvasElement)
      await userEvent.click(canvas.getByRole('button', { name: 'Start' }))
      const alert = await canvas.findByRole('alert', {}, patience)
      await expect(alert).toHaveTextContent('timeout error')
      await expect(alert).toHaveTextContent(`timeouts.${name}`)
      await expect(canvas.getByTestId('text')).toHaveTextContent(text)
      await expect(canvas.getByRole('status')).toHaveTextContent('Failed')
    }),
  }
}

export const Idle: Story = timesOut('idle', /^The first words/)
export const Response: Story = timesOut('response', /^Text that arrives/)
export const FirstToken: Story = timesOut('firstToken', /^Text that arrives/)
export const Total: Story = timesOut('total', /^The first words/)

/** Comments reset the idle timeout, so the answer completes. */
export const KeptAlive: Story = {
  args: { name: 'idle', keepAlive: true, limit: isInTests ? 500 : 1500 },
  play: inTests(async ({ canvasElement, userEvent }) => {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Start' }))
    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent('Complete'), patience)
    await expect(canvas.getByTestId('text')).toHaveTextContent(/the rest of the text follows\.$/)
    await expect(canvas.queryByRole('alert')).toBeNull()
  }),
}
