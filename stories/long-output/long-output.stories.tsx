import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fireEvent, within } from 'storybook/test'
import { inTests } from '../parts/in-tests.ts'
import { LongOutput } from './long-output.tsx'

const meta = {
  title: 'Long output',
  component: LongOutput,
} satisfies Meta<typeof LongOutput>

export default meta

type Story = StoryObj<typeof meta>

/**
 * Checks from time to time. `waitFor` checks on every DOM mutation, and on a page this long
 * a check takes longer than the rendering.
 */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 100))
}

/** The end stays in view while text arrives, and settled blocks at the beginning do not change. */
const followToTheEnd: Story['play'] = async ({ canvasElement, userEvent, args }) => {
  const canvas = within(canvasElement)
  const { kilobytes = 1024 } = args
  const region = canvas.getByRole('region', { name: 'Answer text' })
  // Queried once: a search by role in a page this long takes longer than rendering it.
  const status = canvas.getByRole('status')
  const figures = canvas.getByTestId('figures')
  const settled = () => region.querySelectorAll('.block-group.settled')
  await userEvent.click(canvas.getByRole('button', { name: 'Start' }))
  await until(() => settled().length > 1)
  const first = settled()[0]?.firstElementChild
  // The test does not wait for the whole megabyte.
  const enough = Math.min(kilobytes, 96)
  await until(() => Number.parseInt(figures.textContent) >= enough)
  if (kilobytes > enough) await userEvent.click(canvas.getByRole('button', { name: 'Stop' }))
  await until(() => /Complete|Aborted/.test(status.textContent))
  await expect(status).toHaveTextContent(kilobytes > enough ? 'Aborted' : 'Complete')
  await expect(settled()[0]?.firstElementChild).toBe(first)
  await until(() => region.scrollHeight - region.clientHeight - region.scrollTop < 48)
}

// axe takes half a minute for a page this long; it checks a shorter one below.
const parameters = { a11y: { test: 'off' } }

export const AMegabyte: Story = { parameters, play: inTests(followToTheEnd) }

export const ToTheEnd: Story = {
  parameters,
  tags: ['!dev'],
  args: { kilobytes: 64 },
  play: inTests(followToTheEnd),
}

/** A reader who scrolls up stays there while the text grows. */
export const ScrolledUp: Story = {
  tags: ['!dev'],
  async play({ canvasElement, userEvent }) {
    const canvas = within(canvasElement)
    const region = canvas.getByRole('region', { name: 'Answer text' })
    await userEvent.click(canvas.getByRole('button', { name: 'Start' }))
    await until(() => region.scrollTop > 2000)
    await fireEvent.wheel(region)
    region.scrollTo({ top: 0 })
    await until(() => canvas.queryByText('↓ Newest') !== null)
    const { length } = region.textContent
    await until(() => region.textContent.length > length + 5000)
    await expect(region.scrollTop).toBe(0)
    await userEvent.click(canvas.getByRole('button', { name: 'Stop' }))
    await expect(canvas.getByRole('status')).toHaveTextContent('Aborted')
  },
}
