import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, waitFor, within } from 'storybook/test'
import { inTests } from '../parts/in-tests.ts'
import { patience } from '../parts/patience.ts'
import { ReasoningAndRefusal } from './reasoning-and-refusal.tsx'

const meta = {
  title: 'Reasoning and refusal',
  component: ReasoningAndRefusal,
} satisfies Meta<typeof ReasoningAndRefusal>

export default meta

type Story = StoryObj<typeof meta>

/** The reasoning comes first, in its own channel, and is never part of the text. */
export const Reasons: Story = {
  args: { prompt: 'How do I bake bread? In one sentence, please' },
  play: inTests(async ({ canvasElement, userEvent }) => {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Start' }))
    const summary = await canvas.findByText('Reasoning', {}, patience)
    await expect(canvas.getByTestId('text')).toBeEmptyDOMElement()
    await userEvent.click(summary)
    const reasoning = canvas.getByRole('region', { name: 'Reasoning' })
    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent('Complete'), patience)
    await expect(reasoning.textContent.length).toBeGreaterThan(20)
    const text = canvas.getByTestId('text').textContent
    await expect(text).toContain('How do I bake bread?')
    await expect(text).not.toContain(reasoning.textContent.slice(0, 20))
  }),
}

/** Messages before the final answer are commentary, shown beside the answer. */
export const Comments: Story = {
  args: {
    prompt: 'What is the weather in Kyoto?',
    answer: {
      commentary: 'I will look up the weather in Kyoto first.',
      text: 'It is 11 °C in Kyoto, with rain from the afternoon on.',
      usage: { inputTokens: 13, outputTokens: 27 },
    },
  },
  play: inTests(async ({ canvasElement, userEvent }) => {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Start' }))
    const commentary = await canvas.findByRole('note', { name: 'Commentary' }, patience)
    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent('Complete'), patience)
    await expect(commentary).toHaveTextContent('I will look up the weather in Kyoto first.')
    await expect(canvas.getByTestId('text')).toHaveTextContent(/^It is 11 °C in Kyoto/)
  }),
}

/** A refusal is a complete answer, shown as a refusal. */
export const Refuses: Story = {
  args: { prompt: 'Please refuse this request' },
  play: inTests(async ({ canvasElement, userEvent }) => {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Start' }))
    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent('Complete'), patience)
    await expect(canvas.getByTestId('refusal')).toHaveTextContent('I’m sorry, but I won’t help')
    await expect(canvas.getByTestId('text')).toBeEmptyDOMElement()
    await expect(canvas.queryByRole('alert')).toBeNull()
  }),
}
