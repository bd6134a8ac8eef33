import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fireEvent, waitFor, within } from 'storybook/test'
import { patience } from '../parts/patience.ts'
import { Playground } from './playground.tsx'

const meta = {
  title: 'Playground',
  component: Playground,
  // The page has its own fields for these arguments.
  argTypes: {
    initialPrompt: { table: { disable: true } },
    initialApi: { table: { disable: true } },
  },
} satisfies Meta<typeof Playground>

export default meta

type Story = StoryObj<typeof meta>

/** The elements that the play functions use. */
function controlsOf(canvasElement: HTMLElement) {
  const canvas = within(canvasElement)
  return {
    prompt: canvas.getByRole('textbox', { name: 'Prompt' }),
    // One button starts or stops.
    start: canvas.getByRole('button', { name: 'Start' }),
    retry: canvas.getByRole('button', { name: 'Retry' }),
    status: canvas.getByRole('status'),
    answer: canvas.getByRole('region', { name: 'Answer text' }),
    text: () => canvas.queryByTestId('text')?.textContent ?? '',
    untilText: (length: number) =>
      waitFor(
        () => expect(canvas.getByTestId('text').textContent.length).toBeGreaterThan(length),
        patience,
      ),
    canvas,
  }
}

/** The interactive page. */
export const Default: Story = {
  args: { initialPrompt: 'How do I read a streamed response with fetch?' },
}

/** Types a prompt, sees the text grow, aborts, and keeps the partial text. */
export const AbortInTheMiddle: Story = {
  tags: ['!dev'],
  async play({ canvasElement, userEvent }) {
    const page = controlsOf(canvasElement)
    await expect(page.start).toHaveAttribute('aria-disabled', 'true')
    await userEvent.type(page.prompt, 'Plan three days in Kyoto')
    await userEvent.click(page.start)
    await expect(page.answer).toHaveAttribute('aria-busy', 'true')

    const lengths: number[] = []
    for (let step = 0; step < 4; step += 1) {
      await page.untilText(lengths.at(-1) ?? 0)
      await expect(page.status).toHaveTextContent('Streaming')
      lengths.push(page.text().length)
    }
    await expect(page.start).toHaveTextContent('Stop')
    await userEvent.click(page.start)
    await expect(page.status).toHaveTextContent('Aborted')
    await expect(page.answer).toHaveAttribute('aria-busy', 'false')

    const kept = page.text()
    await expect(kept.length).toBeGreaterThanOrEqual(lengths.at(-1) ?? 0)
    // Enough frames for a late event to appear.
    for (let frame = 0; frame < 30; frame += 1) await new Promise(requestAnimationFrame)
    await expect(page.text()).toBe(kept)
    await expect(page.start).toHaveTextContent('Start')
    await expect(page.retry).toHaveAttribute('aria-disabled', 'false')
  },
}

/** Completes a chat completion with usage, started and aborted by keyboard. */
export const ChatToTheEnd: Story = {
  tags: ['!dev'],
  args: { initialApi: 'chat', initialPrompt: 'How do I bake bread? In one sentence, please' },
  async play({ canvasElement, userEvent }) {
    const page = controlsOf(canvasElement)
    await expect(page.canvas.getByRole('radio', { name: 'Chat' })).toBeChecked()
    await userEvent.type(page.prompt, '{Enter}')
    await waitFor(() => expect(page.status).toHaveTextContent('Complete'), patience)
    await expect(page.text()).toContain('How do I bake bread?')
    const facts = canvasElement.querySelector('.facts')?.textContent ?? ''
    await expect(facts).toMatch(/Tokens in\d+Tokens out\d+/)

    await userEvent.clear(page.prompt)
    await userEvent.type(page.prompt, 'Plan three days in Kyoto{Enter}')
    await page.untilText(0)
    await userEvent.keyboard('{Escape}')
    await expect(page.status).toHaveTextContent('Aborted')
  },
}

/** A rejected request is reported to the user immediately, with advice. */
export const RateLimited: Story = {
  tags: ['!dev'],
  args: { initialPrompt: 'Rate limit me, please' },
  async play({ canvasElement, userEvent }) {
    const page = controlsOf(canvasElement)
    await userEvent.click(page.start)
    const alert = await page.canvas.findByRole('alert', {}, patience)
    await expect(alert).toHaveTextContent('HTTP 429')
    await expect(alert).toHaveTextContent('Wait 2 seconds, then retry.')
    await expect(page.status).toHaveTextContent('Failed')
  },
}

/** Scrolling up stops following the text; returning to the end resumes it. */
export const ScrolledUp: Story = {
  tags: ['!dev'],
  args: { initialPrompt: 'Tell me everything you know, at length', initialApi: 'chat' },
  async play({ canvasElement, userEvent }) {
    const page = controlsOf(canvasElement)
    const below = () => page.answer.scrollHeight - page.answer.clientHeight - page.answer.scrollTop
    await userEvent.click(page.start)
    await waitFor(() => expect(page.answer.scrollTop).toBeGreaterThan(100), patience)
    await waitFor(() => expect(below()).toBeLessThan(24), patience)

    await fireEvent.wheel(page.answer)
    page.answer.scrollTo({ top: 0 })
    const newest = await page.canvas.findByRole('button', { name: '↓ Newest' }, patience)
    await page.untilText(page.text().length + 200)
    await expect(page.answer.scrollTop).toBe(0)

    await userEvent.click(newest)
    await page.untilText(page.text().length + 200)
    await waitFor(() => expect(below()).toBeLessThan(24), patience)
    await userEvent.click(page.start)
  },
}

/** A suggested prompt starts immediately; the tabs show its events and its code. */
export const TabsOfAPrompt: Story = {
  tags: ['!dev'],
  async play({ canvasElement, userEvent }) {
    const page = controlsOf(canvasElement)
    await userEvent.click(page.canvas.getByRole('button', { name: 'Refusal' }))
    await waitFor(() => expect(page.status).toHaveTextContent('Complete'), patience)
    await expect(page.prompt).toHaveValue('Please refuse this request')
    await expect(page.canvas.getByTestId('refusal')).toBeVisible()

    await userEvent.click(page.canvas.getByRole('tab', { name: 'Answer' }))
    await userEvent.keyboard('{ArrowRight}')
    const events = page.canvas.getByRole<HTMLSelectElement>('listbox')
    await waitFor(() => expect(events.options.length).toBeGreaterThan(10), patience)
    await userEvent.keyboard('{ArrowRight}')
    await expect(page.canvas.getByRole('group', { name: 'answer.tsx: text' })).toHaveTextContent(
      'input: "Please refuse this request"',
    )
    await expect(page.start).toBeVisible()
  },
}
