import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, waitFor, within } from 'storybook/test'
import { patience } from '../parts/patience.ts'
import { readyToStart } from '../parts/ready-to-start.ts'
import { Moderation } from './moderation.tsx'

const meta = {
  title: 'Moderation',
  component: Moderation,
  argTypes: { onFlagged: { control: 'inline-radio', options: ['keep', 'withdraw'] } },
} satisfies Meta<typeof Moderation>

export default meta

type Story = StoryObj<typeof meta>

export const Default: Story = { play: readyToStart('Start') }

/** Records everything that the page shows, frame by frame. */
function watchText(element: HTMLElement) {
  const seen: string[] = []
  const observer = new MutationObserver(() => seen.push(element.textContent))
  observer.observe(element, { childList: true, characterData: true, subtree: true })
  return { seen, stop: () => observer.disconnect() }
}

/** Cleared text stays; flagged text, and all text after it, never appears on the page. */
export const StoppedByAFlag: Story = {
  tags: ['!dev'],
  async play({ canvasElement, userEvent }) {
    const canvas = within(canvasElement)
    const watched = watchText(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Start' }))
    const alert = await canvas.findByRole('alert', {}, patience)
    watched.stop()
    const verdicts = within(
      canvas.getByRole('list', { name: 'Checks, the newest first' }),
    ).getAllByRole('listitem')
    await expect(verdicts.at(-1)).toHaveTextContent(/✓ cleared in \d+ ms/)
    await expect(verdicts[0]).toHaveTextContent('✕ flagged: illicit')
    await expect(alert).toHaveTextContent('its text was flagged (illicit)')
    await expect(canvas.getByTestId('text').textContent.length).toBeGreaterThan(100)
    await expect(watched.seen.length).toBeGreaterThan(3)
    await expect(watched.seen.join()).not.toMatch(/contraband/)
  },
}

/** With `onFlagged: 'withdraw'`, text that was already shown is removed. */
export const Withdrawn: Story = {
  tags: ['!dev'],
  args: { onFlagged: 'withdraw' },
  async play({ canvasElement, userEvent }) {
    const canvas = within(canvasElement)
    const text = canvas.getByTestId('text')
    await userEvent.click(canvas.getByRole('button', { name: 'Start' }))
    await waitFor(() => expect(text.textContent.length).toBeGreaterThan(100), patience)
    await canvas.findByRole('alert', {}, patience)
    await expect(text).toHaveTextContent('Only approved text appears here.')
  },
}

/** An answer without flagged text arrives completely. */
export const Cleared: Story = {
  tags: ['!dev'],
  args: { prompt: 'Bread in one sentence, please' },
  async play({ canvasElement, userEvent }) {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Start' }))
    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent('Complete'), patience)
    await expect(canvas.getByTestId('text')).toHaveTextContent(
      'the dough tells you when it is ready.',
    )
  },
}
