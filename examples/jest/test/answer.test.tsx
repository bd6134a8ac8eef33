import { fireEvent, render, screen } from '@testing-library/react'
import { completionStream, httpFailure, scriptedFetch } from 'use-streaming-completion/testing'
import { Answer } from '../src/answer'

const originalFetch = globalThis.fetch

afterEach(() => {
  globalThis.fetch = originalFetch
})

const status = (words: string) => screen.findByText(words, { selector: '[role=status]' })

test('an answer streams into the page', async () => {
  globalThis.fetch = scriptedFetch(completionStream({ text: 'Because of the air.' }))
  render(<Answer />)
  fireEvent.click(screen.getByText('Ask'))
  await status('complete')
  screen.getByText('Because of the air.')
})

test('an abort keeps the text', async () => {
  globalThis.fetch = scriptedFetch(
    completionStream({ text: 'Because of the air.' }, { stopAfter: 8, end: 'stall' }),
  )
  render(<Answer />)
  fireEvent.click(screen.getByText('Ask'))
  await screen.findByText(/^Because/)
  fireEvent.click(screen.getByText('Stop'))
  await status('aborted')
  screen.getByText(/^Because/)
})

test('a rate limit is shown', async () => {
  globalThis.fetch = scriptedFetch(httpFailure(429, { error: { message: 'Slow down.' } }))
  render(<Answer />)
  fireEvent.click(screen.getByText('Ask'))
  await status('error')
  expect(screen.getByRole('alert').textContent).toContain('Slow down.')
})
