import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, waitFor, within } from 'storybook/test'
import { inTests } from '../parts/in-tests.ts'
import { patience } from '../parts/patience.ts'
import { Shared } from './shared.tsx'

const meta = {
  title: 'Shared completion',
  component: Shared,
} satisfies Meta<typeof Shared>

export default meta

type Story = StoryObj<typeof meta>

/** The text renders often, the status on each change, and the usage once. */
export const BySelector: Story = {
  play: inTests(async ({ canvasElement, userEvent }) => {
    const canvas = within(canvasElement)
    const renders = (of: string) =>
      Number.parseInt(canvas.getByTestId(`renders of ${of}`).textContent)
    await userEvent.click(canvas.getByRole('button', { name: 'Start' }))
    await waitFor(() => expect(renders('text')).toBeGreaterThan(10), patience)
    const { length } = canvas.getByTestId('text').textContent
    const before = renders('status')
    await waitFor(
      () => expect(canvas.getByTestId('text').textContent.length).toBeGreaterThan(length + 200),
      patience,
    )
    await expect(canvas.getByRole('status')).toHaveTextContent('streaming')
    await expect(renders('status')).toBe(before)
    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent('complete'), patience)
    await expect(canvas.getByText(/^\d+ tokens$/)).toBeVisible()
    // One render on mount and one per status. StrictMode renders twice but commits once.
    await expect(renders('status')).toBeLessThanOrEqual(5)
    await expect(renders('usage')).toBeLessThanOrEqual(3)
    await expect(renders('paragraphs')).toBeLessThan(renders('text'))
  }),
}
