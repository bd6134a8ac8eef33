import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, waitFor, within } from 'storybook/test'
import { patience } from '../parts/patience.ts'
import { readyToStart } from '../parts/ready-to-start.ts'
import { Resume } from './resume.tsx'

const meta = {
  title: 'Resume after a cut',
  component: Resume,
} satisfies Meta<typeof Resume>

export default meta

type Story = StoryObj<typeof meta>

export const Default: Story = { play: readyToStart('Start', 'Leave') }

/** The letters, without the numbers of the seams. */
const lettersOf = ({ textContent }: HTMLElement) => textContent.replaceAll(/[^\p{L}]/gu, '')

/** Checks that every heading, paragraph and item of the answer appears exactly once. */
async function expectWholeText(text: HTMLElement) {
  const blocks = [...text.querySelectorAll('h2, p, li')].map(({ textContent }) => textContent)
  await expect(within(text).getAllByRole('heading').length).toBeGreaterThan(2)
  await expect(blocks.length).toBeGreaterThan(8)
  await expect(new Set(blocks).size).toBe(blocks.length)
}

/** The stream is cut more than once, and the final text is complete. */
export const Resumed: Story = {
  tags: ['!dev'],
  async play({ canvasElement, userEvent }) {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Start' }))
    const status = canvas.getByRole('status')
    const text = canvas.getByTestId('text')
    await canvas.findByText(/Connection 2/, {}, patience)
    const before = lettersOf(text)
    await expect(before.length).toBeGreaterThan(100)
    await expect(status).toHaveTextContent('Streaming')

    await waitFor(() => expect(status).toHaveTextContent('Complete'), { timeout: 30_000 })
    await expect(lettersOf(text).startsWith(before)).toBe(true)
    await expect(canvas.getAllByText(/Connection \d/).length).toBeGreaterThanOrEqual(3)
    await expect(within(text).getAllByRole('img').length).toBeGreaterThanOrEqual(2)
    await expectWholeText(text)
  },
}

/** Leaving the page and coming back with the checkpoint continues the same answer to its end. */
export const ComeBack: Story = {
  tags: ['!dev'],
  args: { prompt: 'Plan three days in Kyoto' },
  async play({ canvasElement, userEvent }) {
    const canvas = within(canvasElement)
    const text = canvas.getByTestId('text')
    await userEvent.click(canvas.getByRole('button', { name: 'Start' }))
    await waitFor(() => expect(text.textContent.length).toBeGreaterThan(200), patience)
    await userEvent.click(canvas.getByRole('button', { name: 'Leave' }))
    await expect(canvas.getByRole('status')).toHaveTextContent('Aborted')
    const before = lettersOf(text)

    await userEvent.click(canvas.getByRole('button', { name: 'Come back' }))
    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent('Complete'), {
      timeout: 30_000,
    })
    await expect(lettersOf(text).startsWith(before)).toBe(true)
    await expectWholeText(text)
  },
}
