import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, waitFor, within } from 'storybook/test'
import { patience } from '../parts/patience.ts'
import { readyToStart } from '../parts/ready-to-start.ts'
import { Comparison } from './comparison.tsx'

const meta = {
  title: 'Comparison',
  component: Comparison,
} satisfies Meta<typeof Comparison>

export default meta

type Story = StoryObj<typeof meta>

export const Default: Story = { play: readyToStart('Run all') }

/** This package reports no failed answer as finished; the others report a truncated one as finished. */
export const EveryReader: Story = {
  tags: ['!dev'],
  async play({ canvasElement, userEvent }) {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Run all' }))
    await waitFor(
      () => expect(canvas.getByRole('status')).toHaveTextContent(/^All \d+ have ended$/),
      patience,
    )
    const cells = (name: string) =>
      within(canvas.getByRole('row', { name: new RegExp(`^${name}`) }))
        .getAllByRole('cell')
        .map(({ textContent }) => textContent)
    await waitFor(async () => {
      const [ours, aiSdk, tanStack, openai] = cells('End marker missing')
      await expect(ours).toMatch(/^✕ truncated, \d+ characters kept/)
      await expect(aiSdk).toMatch(/^✓ finished/)
      await expect(tanStack).toMatch(/^✓ finished, 67/)
      await expect(openai).toMatch(/^✓ finished/)
      await expect(cells('Complete answer').join()).toMatch(/^(✓ finished, 140 characters,?){4}$/)
      await expect(cells('500').join()).toMatch(/^✕.*,✕.*,✕.*,✕/)
    }, patience)
    await expect(canvas.getByText(/^Failed streams reported/)).toHaveTextContent(
      /of 10: 0 by this package, [1-9]/,
    )
    await userEvent.click(canvas.getByRole('button', { name: 'Run all' }))
    await userEvent.click(canvas.getByRole('button', { name: 'Stop' }))
  },
}
