import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, waitFor, within } from 'storybook/test'
import { patience } from '../parts/patience.ts'
import { readyToStart } from '../parts/ready-to-start.ts'
import { StructuredOutput } from './structured-output.tsx'

const meta = {
  title: 'Structured output',
  component: StructuredOutput,
} satisfies Meta<typeof StructuredOutput>

export default meta

type Story = StoryObj<typeof meta>

export const Default: Story = { play: readyToStart('Write the recipe') }

/** The card fills in field by field, complete rows keep their elements, and the result is validated. */
export const FillsIn: Story = {
  tags: ['!dev'],
  async play({ canvasElement, userEvent }) {
    const canvas = within(canvasElement)
    const rows = () => [...canvasElement.querySelectorAll('.recipe-ingredients li')]
    await userEvent.click(canvas.getByRole('button', { name: 'Write the recipe' }))
    await waitFor(() => expect(rows().length).toBeGreaterThan(0), patience)
    // Numbers and the text before them have arrived; the rest has not.
    await expect(canvas.getByRole('heading', { name: 'Weekend sourdough' })).toBeVisible()
    await expect(canvasElement.querySelector('.recipe-steps li')).toBeNull()
    await expect(canvas.getByRole('status')).toHaveTextContent('Streaming')
    const [first] = rows()
    await waitFor(() => expect(rows()).toHaveLength(5), patience)
    await expect(rows()[0]).toBe(first)

    await expect(await canvas.findByTestId('validated', {}, patience)).toHaveTextContent(
      'Valid: 5 ingredients, 5 steps, vegetarian',
    )
    await expect(canvas.getByRole('status')).toHaveTextContent('Complete')
  },
}

/** An aborted object keeps its partial value and is never reported as valid. */
export const AbortedHalfway: Story = {
  tags: ['!dev'],
  async play({ canvasElement, userEvent }) {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Write the recipe' }))
    await canvas.findByRole('heading', { name: 'Weekend sourdough' }, patience)
    await userEvent.click(canvas.getByRole('button', { name: 'Stop' }))
    await expect(canvas.getByRole('status')).toHaveTextContent('Aborted')
    await expect(canvas.getByRole('heading', { name: 'Weekend sourdough' })).toBeVisible()
    await expect(canvas.queryByTestId('validated')).toBeNull()
  },
}

/** A refusal is a validation error, and the model's own words are shown. */
export const Refused: Story = {
  args: { url: '/api/responses', prompt: 'Refuse to answer: a sourdough' },
  tags: ['!dev'],
  async play({ canvasElement, userEvent }) {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Write the recipe' }))
    const alert = await canvas.findByRole('alert', {}, patience)
    await expect(alert).toHaveTextContent('validation error')
    await expect(canvas.getByTestId('refusal')).toHaveTextContent('I’m sorry, but I won’t help')
    await expect(canvas.getByRole('status')).toHaveTextContent('Failed')
  },
}
