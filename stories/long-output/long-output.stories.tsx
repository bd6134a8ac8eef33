import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, within } from 'storybook/test'
import { LongOutput } from './long-output.tsx'

const meta = {
  title: 'Long output',
  component: LongOutput,
} satisfies Meta<typeof LongOutput>

export default meta

type Story = StoryObj<typeof meta>

/**
 * Asks once in a while. `waitFor` would ask at every change of the page, and on a page as long as this
 * the asking takes longer than what is asked about.
 */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 100))
}

/** A megabyte arrives, the end stays in view, and what was settled at the beginning is still the same. */
export const AMegabyte: Story = {
  async play({ canvasElement, userEvent }) {
    const canvas = within(canvasElement)
    const region = canvas.getByRole('region', { name: 'Answer text' })
    // Found once: to look for roles in a page this long takes longer than to render it.
    const status = canvas.getByRole('status')
    const settled = () => region.querySelectorAll('.block-group.settled')
    await userEvent.click(canvas.getByRole('button', { name: 'Start' }))
    await until(() => settled().length > 1)
    const first = settled()[0]?.firstElementChild
    await until(() => status.textContent === 'Complete')
    await expect(canvas.getByTestId('figures')).toHaveTextContent(/^10\d\d kB in \d\d+ groups$/)
    await expect(settled()[0]?.firstElementChild).toBe(first)
    const below = region.scrollHeight - region.clientHeight - region.scrollTop
    await expect(below).toBeLessThan(48)
  },
}

/** Who scrolls up stays there while the text goes on. */
export const ScrolledUp: Story = {
  tags: ['!dev'],
  args: { kilobytes: 256 },
  async play({ canvasElement, userEvent }) {
    const canvas = within(canvasElement)
    const region = canvas.getByRole('region', { name: 'Answer text' })
    await userEvent.click(canvas.getByRole('button', { name: 'Start' }))
    await until(() => region.scrollTop > 2000)
    region.scrollTo({ top: 0 })
    await until(() => canvas.queryByText('↓ Newest') !== null)
    const { length } = region.textContent
    await until(() => region.textContent.length > length + 5000)
    await expect(region.scrollTop).toBe(0)
    await userEvent.click(canvas.getByRole('button', { name: 'Abort' }))
    await expect(canvas.getByRole('status')).toHaveTextContent('Aborted')
  },
}
