import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, waitFor, within } from 'storybook/test'
import { connectionArgs } from '../connection/connection-args.ts'
import { patience } from '../parts/patience.ts'
import { Formats } from './formats.tsx'

const meta = {
  title: 'Formats',
  component: Formats,
  argTypes: { from: { control: 'inline-radio', options: ['openai', 'others'] } },
} satisfies Meta<typeof Formats>

export default meta

type Story = StoryObj<typeof meta>

/** Each pane ends with the same text, word for word, however its bytes look. */
const everyPaneAgrees: Story['play'] = async ({ canvasElement, userEvent }) => {
  const canvas = within(canvasElement)
  await userEvent.click(canvas.getByRole('button', { name: 'Start all' }))
  const panes = canvas.getAllByRole('region').filter((each) => each.matches('.format-pane'))
  await expect(panes).toHaveLength(5)
  for (const pane of panes) {
    const status = within(pane).getByRole('status')
    await waitFor(() => expect(status).toHaveTextContent('Complete'), patience)
  }
  const texts = panes.map((pane) => within(pane).getByTestId('text').textContent)
  await expect(new Set(texts).size).toBe(1)
  await expect(texts[0]).toMatch(/^A stream is only as live .* one by one\.$/)
  const bytes = panes.map((pane) => pane.querySelector('.format-wire')?.textContent)
  await expect(new Set(bytes).size).toBe(5)
}

export const OpenAI: Story = { play: everyPaneAgrees }

export const OtherServers: Story = {
  args: { from: 'others' },
  play: everyPaneAgrees,
}

/** One byte at a time, inside events and inside characters: nothing changes. */
export const ByteByByte: Story = {
  tags: ['!dev'],
  args: { ...connectionArgs, chunking: 'one byte', speed: 20 } as Story['args'] & object,
  play: everyPaneAgrees,
}
