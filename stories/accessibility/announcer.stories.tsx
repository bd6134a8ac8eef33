import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, waitFor, within } from 'storybook/test'
import { inTests } from '../parts/in-tests.ts'
import { patience } from '../parts/patience.ts'
import { Announcer } from './announcer.tsx'

const meta = {
  title: 'Accessibility',
  component: Announcer,
} satisfies Meta<typeof Announcer>

export default meta

type Story = StoryObj<typeof meta>

const heardIn = (canvasElement: HTMLElement) =>
  [...canvasElement.querySelectorAll('[data-testid=heard] li')].map(
    ({ textContent }) => textContent,
  )

/** Announces the start and the end once each. */
export const StartAndEnd: Story = {
  args: { prompt: 'Kyoto, in one sentence' },
  play: inTests(async ({ canvasElement, userEvent }) => {
    const canvas = within(canvasElement)
    await expect(heardIn(canvasElement)).toEqual([])
    await userEvent.click(canvas.getByRole('button', { name: 'Start' }))
    await waitFor(() => expect(heardIn(canvasElement)).toHaveLength(2), patience)
    await expect(heardIn(canvasElement)).toEqual([
      'Generating an answer.',
      'The answer is complete.',
    ])
    await expect(canvas.getByTestId('text').textContent.length).toBeGreaterThan(20)
  }),
}

/** Plain prose, as written by a model that was told its answer will be read aloud. */
const prose =
  'Streets with trees are several degrees cooler in summer. The leaves give shade, and the water that they release carries heat away. A single old lime tree cools as much as ten air conditioners. It also absorbs rain that would otherwise flood cellars. Nobody notices any of this until the tree is gone. Then the street is measured again, and everyone agrees to plant another. It takes sixty years to have the same effect. So look after the one that is there now.'

/** With `sentences`, also announces complete sentences; then an abort. */
export const Sentences: Story = {
  args: { answer: prose, sentences: true, interval: 300 },
  play: inTests(async ({ canvasElement, userEvent }) => {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Start' }))
    await waitFor(() => expect(heardIn(canvasElement).length).toBeGreaterThan(2), patience)
    await userEvent.click(canvas.getByRole('button', { name: 'Stop' }))
    await waitFor(() => expect(heardIn(canvasElement).at(-1)).toMatch(/Stopped\.$/), patience)
    const [, ...sentences] = heardIn(canvasElement).slice(0, -1)
    for (const sentence of sentences) await expect(sentence).toMatch(/\S[.!?:”)\]*]*$/)
    const text = canvas.getByTestId('text').textContent.replaceAll(/\s+/g, '')
    await expect(text).toContain(sentences.join('').replaceAll(/\s+/g, ''))
  }),
}

/** Announces an error immediately. */
export const Failure: Story = {
  args: { prompt: 'Rate limit me, please' },
  play: inTests(async ({ canvasElement, userEvent }) => {
    const canvas = within(canvasElement)
    await userEvent.click(canvas.getByRole('button', { name: 'Start' }))
    const said = () => canvasElement.querySelector('[data-how=assertive]')
    await waitFor(() => expect(said()).toHaveTextContent(/tokens a minute/), patience)
    await expect(canvas.getByRole('alert')).toHaveTextContent(/tokens a minute/)
  }),
}
