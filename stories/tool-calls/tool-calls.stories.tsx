import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, waitFor, within } from 'storybook/test'
import { patience } from '../parts/patience.ts'
import { readyToStart } from '../parts/ready-to-start.ts'
import { ToolCalls } from './tool-calls.tsx'

const meta = {
  title: 'Tool calls',
  component: ToolCalls,
  argTypes: { api: { control: 'inline-radio', options: ['responses', 'chat'] } },
} satisfies Meta<typeof ToolCalls>

export default meta

type Story = StoryObj<typeof meta>

export const Default: Story = { play: readyToStart('Ask') }

/** Arguments appear while they stream, both calls run, and the answer contains their outputs. */
const playToTheEnd: Story['play'] = async ({ canvasElement, userEvent }) => {
  const canvas = within(canvasElement)
  const calls = within(canvas.getByRole('list', { name: 'Calls' }))
  await userEvent.click(canvas.getByRole('button', { name: 'Ask' }))
  // The city is known while the call is still streaming.
  await waitFor(() => expect(calls.getByText('Kyoto')).toBeVisible(), patience)
  await expect(calls.getAllByText('not run yet').length).toBeGreaterThan(0)

  await waitFor(() => expect(canvas.getByTestId('text')).toHaveTextContent(/Pack for/), patience)
  await expect(calls.queryByText('not run yet')).toBeNull()
  await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent('Complete'), patience)
  const answer = canvas.getByTestId('text').textContent
  for (const city of ['Kyoto', 'Reykjavík']) await expect(answer).toMatch(`${city}, 4 days: `)
}

export const Responses: Story = { tags: ['!dev'], play: playToTheEnd }

export const ChatCompletions: Story = {
  tags: ['!dev'],
  args: { api: 'chat' },
  play: playToTheEnd,
}
