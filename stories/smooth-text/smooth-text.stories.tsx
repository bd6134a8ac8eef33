import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, waitFor, within } from 'storybook/test'
import { inTests, isInTests } from '../parts/in-tests.ts'
import { patience } from '../parts/patience.ts'
import { SmoothText } from './smooth-text.tsx'

const meta = {
  title: 'Smooth text',
  component: SmoothText,
} satisfies Meta<typeof SmoothText>

export default meta

type Story = StoryObj<typeof meta>

/** Paced text grows in many more steps, is always a prefix of the received text, and catches up. */
export const Paced: Story = {
  args: { silence: isInTests ? 120 : 700, burst: isInTests ? 48 : 64 },
  play: inTests(async ({ canvasElement, userEvent }) => {
    const canvas = within(canvasElement)
    const text = canvas.getByTestId('text')
    const smooth = canvas.getByTestId('smooth')
    const steps = { text: new Set<string>(), smooth: new Set<string>() }
    let isBeginning = true
    const observer = new MutationObserver(() => {
      steps.text.add(text.textContent)
      steps.smooth.add(smooth.textContent)
      isBeginning &&= text.textContent.startsWith(smooth.textContent)
    })
    observer.observe(canvasElement, { childList: true, characterData: true, subtree: true })
    await userEvent.click(canvas.getByRole('button', { name: 'Start' }))
    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent('Complete'), patience)
    await waitFor(
      () => expect(canvas.getByTestId('backlog')).toHaveTextContent(/^0 characters behind$/),
      patience,
    )
    observer.disconnect()
    await expect(smooth.textContent).toBe(text.textContent)
    await expect(isBeginning).toBe(true)
    await expect(steps.smooth.size).toBeGreaterThan(steps.text.size * 2)
  }),
}
