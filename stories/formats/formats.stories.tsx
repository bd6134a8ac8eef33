import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, waitFor, within } from 'storybook/test'
import { connectionArgs } from '../connection/connection-args.ts'
import { patience } from '../parts/patience.ts'
import { readyToStart } from '../parts/ready-to-start.ts'
import { Formats } from './formats.tsx'

const meta = {
  title: 'Formats',
  component: Formats,
} satisfies Meta<typeof Formats>

export default meta

type Story = StoryObj<typeof meta>

export const Default: Story = { play: readyToStart('Start') }

/** Every format produces the same words, each tied to the event that contains it. */
const everyFormatAgrees: Story['play'] = async ({ canvasElement, userEvent }) => {
  const canvas = within(canvasElement)
  const formats = canvas.getAllByRole('button', { pressed: false }).length + 1
  await expect(formats).toBe(10)
  const texts = new Set<string>()
  const bytes = new Set<string>()
  for (const chip of canvas.getAllByRole('button').slice(0, formats)) {
    await userEvent.click(chip)
    const run = canvas.getByRole('region', { name: chip.textContent })
    await userEvent.click(within(run).getByRole('button', { name: 'Start' }))
    await waitFor(
      () => expect(within(run).getByRole('status')).toHaveTextContent('Complete'),
      patience,
    )
    const words = within(run).getByTestId('text')
    texts.add(words.textContent)
    bytes.add(within(run).getByRole('list', { name: 'Events' }).textContent)
    // Every word has an event, and each event marks its own word.
    await expect([...words.childNodes].every((node) => node.nodeName === 'SPAN')).toBe(true)
    const marked = [...run.querySelectorAll('mark')].map((mark) => mark.textContent)
    await expect(marked.join('')).toBe(words.textContent)
  }
  await expect(texts.size).toBe(1)
  await expect(bytes.size).toBe(10)
}

const fast = (chunking: 'as sent' | 'one byte') =>
  ({ ...connectionArgs, chunking, speed: 20 }) as Story['args'] & object

export const EveryFormat: Story = {
  tags: ['!dev'],
  args: fast('as sent'),
  play: everyFormatAgrees,
}

/** Chunks of one byte, inside events and characters, give the same result. */
export const ByteByByte: Story = {
  tags: ['!dev'],
  args: fast('one byte'),
  play: everyFormatAgrees,
}
