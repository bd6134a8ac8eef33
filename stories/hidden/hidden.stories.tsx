import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, waitFor, within } from 'storybook/test'
import { inTests } from '../parts/in-tests.ts'
import { patience } from '../parts/patience.ts'
import { Hidden } from './hidden.tsx'

const meta = {
  title: 'Hidden by Activity',
  component: Hidden,
} satisfies Meta<typeof Hidden>

export default meta

type Story = StoryObj<typeof meta>

/** The run of the hook inside ends and keeps its text; the completion above keeps streaming while hidden. */
export const BothWays: Story = {
  play: inTests(async ({ canvasElement, userEvent }) => {
    const canvas = within(canvasElement)
    const lane = (name: string) => within(canvas.getByRole('region', { name }))
    const [inside, above] = [lane('Hook inside'), lane('Completion above')]
    const text = (of: typeof inside) => of.getByTestId('text').textContent
    const press = (name: string) => userEvent.click(canvas.getByRole('button', { name }))

    await press('Start both')
    await waitFor(() => expect(text(inside).length).toBeGreaterThan(100), patience)
    await press('Hide the answers')
    await waitFor(() => expect(inside.getByRole('status')).toHaveTextContent('Aborted'), patience)
    const before = text(above).length
    const received = () => Number.parseInt(above.getByTestId(/^length of/).textContent)
    await waitFor(() => expect(received()).toBeGreaterThan(before + 300), patience)
    await expect(above.getByRole('status')).toHaveTextContent('Streaming')
    await expect(inside.getByTestId('text')).not.toBeVisible()

    await press('Show the answers')
    await expect(inside.getByTestId('text')).toBeVisible()
    const kept = text(inside)
    await expect(kept.length).toBeGreaterThan(100)
    // Renders immediately with all received text; rendered Markdown is shorter than its source.
    await expect(text(above).length).toBeGreaterThan(before + 50)
    await waitFor(() => expect(above.getByRole('status')).toHaveTextContent('Complete'), patience)
    await expect(text(inside)).toBe(kept)
  }),
}
