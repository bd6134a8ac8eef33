import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, waitFor, within } from 'storybook/test'
import { inTests } from '../parts/in-tests.ts'
import { patience } from '../parts/patience.ts'
import { ManyStreams } from './many-streams.tsx'

const meta = {
  title: 'Many streams',
  component: ManyStreams,
} satisfies Meta<typeof ManyStreams>

export default meta

type Story = StoryObj<typeof meta>

/** All streams grow with about one commit per frame for the whole page, and one abort ends them all. */
const streamTogether: Story['play'] = async ({ canvasElement, userEvent, args }) => {
  const canvas = within(canvasElement)
  const { count = 100 } = args
  const tiles = () => [...canvasElement.querySelectorAll<HTMLElement>('.stream-tile')]
  await userEvent.click(canvas.getByRole('button', { name: 'Start all' }))
  await waitFor(() => {
    for (const tile of tiles()) void expect(tile.textContent.length).toBeGreaterThan(50)
  }, patience)
  await expect(tiles()).toHaveLength(count)
  await waitFor(
    () => expect(canvas.getByTestId('figures')).toHaveTextContent(/slowest frame \d+ ms/),
    patience,
  )
  // One, except in frames in which a stream starts: first tokens are published immediately.
  await waitFor(() => {
    const [, perFrame = ''] =
      /([\d.]+) commits per frame/.exec(canvas.getByTestId('figures').textContent) ?? []
    void expect(Number(perFrame)).toBeLessThan(1.2)
    void expect(Number(perFrame)).toBeGreaterThanOrEqual(1)
  }, patience)

  // The switch shows the cost without the shared frame.
  await userEvent.click(canvas.getByRole('switch', { name: 'State per delta' }))
  await waitFor(() => {
    const [, perFrame = ''] =
      /([\d.]+) commits per frame/.exec(canvas.getByTestId('figures').textContent) ?? []
    void expect(Number(perFrame)).toBeGreaterThan(2)
  }, patience)
  await userEvent.click(canvas.getByRole('button', { name: 'Stop all' }))
  await waitFor(
    () => expect(canvas.getByRole('status')).toHaveTextContent('All streams ended'),
    patience,
  )
  for (const tile of tiles()) await expect(tile.dataset['status']).toBe('aborted')
}

export const AHundred: Story = { args: { count: 100 }, play: inTests(streamTogether) }
