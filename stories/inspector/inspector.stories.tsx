import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, waitFor, within } from 'storybook/test'
import { inTests } from '../parts/in-tests.ts'
import { patience } from '../parts/patience.ts'
import { Inspector } from './inspector.tsx'

const meta = {
  title: 'Stream inspector',
  component: Inspector,
  argTypes: { api: { control: 'inline-radio', options: ['responses', 'chat'] } },
} satisfies Meta<typeof Inspector>

export default meta

type Story = StoryObj<typeof meta>

const factsIn = (canvasElement: HTMLElement) =>
  Object.fromEntries(
    [...canvasElement.querySelectorAll('.inspector-facts .fact')].map((fact) => [
      fact.querySelector('dt')?.textContent ?? '',
      Number.parseFloat(fact.querySelector('dd')?.textContent ?? ''),
    ]),
  )

/** The figures grow during the stream and match at the end, and every event can be inspected. */
export const Live: Story = {
  args: { prompt: 'Plan three days in Kyoto' },
  play: inTests(async ({ canvasElement, userEvent }) => {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Start' }))
    await waitFor(() => expect(factsIn(canvasElement)['Events']).toBeGreaterThan(10), patience)
    await expect(canvas.getByRole('status')).toHaveTextContent('Streaming')
    await expect(canvasElement.querySelectorAll('.plot canvas')).toHaveLength(2)

    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent('Complete'), patience)
    await waitFor(() => {
      const {
        Events = 0,
        Bytes = 0,
        Commits = 0,
        'First token': first = 0,
      } = factsIn(canvasElement)
      void expect(first).toBeGreaterThan(0)
      void expect(Bytes).toBeGreaterThan(10)
      void expect(Commits).toBeGreaterThan(3)
      // Several events per frame, one commit.
      void expect(Events).toBeGreaterThan(Commits)
    }, patience)
    const list = canvas.getByRole<HTMLSelectElement>('listbox')
    await waitFor(
      () => expect(list.options[list.options.length - 1]).toHaveTextContent(/response\.completed/),
      patience,
    )
    await userEvent.selectOptions(list, list.options[list.options.length - 1]!)
    await expect(canvas.getByRole('region', { name: 'Event data' })).toHaveTextContent(
      /"type": "response\.completed"/,
    )
  }),
}

/** When a stream breaks, the figures stop, and the last received event is shown. */
export const Broken: Story = {
  args: { prompt: 'Plan three days in Kyoto, and cut the connection', api: 'chat' },
  play: inTests(async ({ canvasElement, userEvent }) => {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Start' }))
    await canvas.findByRole('alert', {}, patience)
    await waitFor(() => expect(factsIn(canvasElement)['Total']).toBeGreaterThan(0), patience)
    const list = canvas.getByRole<HTMLSelectElement>('listbox')
    await waitFor(
      () => expect(list.options[list.options.length - 1]).toHaveTextContent(/delta: content/),
      patience,
    )

    // Commits of the inspector itself are not counted.
    const frames = async (count: number) => {
      for (let frame = 0; frame < count; frame += 1) await new Promise(requestAnimationFrame)
    }
    await frames(30)
    const { Commits } = factsIn(canvasElement)
    await frames(60)
    await expect(factsIn(canvasElement)['Commits']).toBe(Commits)
  }),
}
