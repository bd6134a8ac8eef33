import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, waitFor, within } from 'storybook/test'
import { patience } from '../parts/patience.ts'
import { readyToStart } from '../parts/ready-to-start.ts'
import { MarkdownAnswer } from './markdown-answer.tsx'

const meta = {
  title: 'Markdown in blocks',
  component: MarkdownAnswer,
} satisfies Meta<typeof MarkdownAnswer>

export default meta

type Story = StoryObj<typeof meta>

export const Default: Story = { play: readyToStart('Start') }

/** A settled block keeps its element, whatever text follows. */
export const SettlesBlocks: Story = {
  tags: ['!dev'],
  args: { prompt: 'Plan three days in Kyoto' },
  async play({ canvasElement, userEvent }) {
    const canvas = within(canvasElement)
    const settled = () => [...canvasElement.querySelectorAll('.markdown-block.settled')]
    await userEvent.click(canvas.getByRole('button', { name: 'Start' }))
    await waitFor(() => expect(settled().length).toBeGreaterThan(2), patience)
    const [first] = settled()
    const { firstElementChild: child, innerHTML } = first as HTMLElement

    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent('Complete'), patience)
    await expect(settled()[0]).toBe(first)
    await expect(first?.firstElementChild).toBe(child)
    await expect(first?.innerHTML).toBe(innerHTML)
    await expect(canvas.getByTestId('blocks')).toHaveTextContent(/^\d+ settled, 0 live$/)
    await expect(canvas.getAllByRole('heading', { level: 2 }).length).toBeGreaterThan(1)
    await expect(canvasElement.querySelector('.markdown')?.textContent).not.toMatch(/^##? /m)
  },
}
