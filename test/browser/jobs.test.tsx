import { createRoot } from 'react-dom/client'
import type { ReactNode } from 'react'
import { expect, onTestFinished, test, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { Chat } from '../../examples/jobs/chat.tsx'
import { FormFill } from '../../examples/jobs/form-fill.tsx'
import { MarkdownAnswer } from '../../examples/jobs/markdown.tsx'
import { Retry } from '../../examples/jobs/retry.tsx'
import { SavedChat } from '../../examples/jobs/saved.tsx'
import { ThreeModels } from '../../examples/jobs/three-models.tsx'
import { Weather } from '../../examples/jobs/tools.tsx'
import { Typewriter } from '../../examples/jobs/typewriter.tsx'
import { Usage } from '../../examples/jobs/usage.tsx'
import { completionStream, httpFailure, scriptedFetch } from '../../src/testing.ts'

/* The components of examples/jobs, as an app has them: only the network is played. */

type Script = Parameters<typeof scriptedFetch>[0]

/** Shows a job on a page whose server plays scripts. */
function show(job: ReactNode, script: Script): () => void {
  const sent = vi.fn(scriptedFetch(script))
  const { fetch } = globalThis
  globalThis.fetch = sent
  const container = document.body.appendChild(document.createElement('div'))
  const root = createRoot(container)
  root.render(job)
  const close = () => {
    root.unmount()
    container.remove()
    globalThis.fetch = fetch
  }
  onTestFinished(close)
  return close
}

const click = (name: string | RegExp) => page.getByRole('button', { name }).click()
const seen = (text: string | RegExp) => expect.element(page.getByText(text)).toBeVisible()
const chat = (text: string, stall = false) =>
  completionStream(
    { text },
    { format: 'openai-chat', ...(stall && { end: 'stall', stopAfter: 3 }) },
  )

test('chat with history, regenerate, edit and stop', async () => {
  const prompt = vi.spyOn(window, 'prompt').mockReturnValue('Second try')
  onTestFinished(() => prompt.mockRestore())
  show(<Chat />, [chat('First'), chat('Again'), chat('Edited'), chat('Half of it', true)])
  await userEvent.fill(page.getByLabelText('Question'), 'Hello')
  await userEvent.keyboard('{Enter}')
  await seen('First')
  await click('Regenerate')
  await seen('Again')
  await click('Edit')
  await seen('Edited')
  await seen('Second try')
  await userEvent.fill(page.getByLabelText('Question'), 'More')
  await userEvent.keyboard('{Enter}')
  await click('Stop')
  await expect.element(page.getByRole('button', { name: 'Stop' })).not.toBeInTheDocument()
})

test('Markdown with highlighting', async () => {
  const text = '# Quicksort\n\n```js\nconst a = 1\n```\n'
  show(<MarkdownAnswer />, completionStream({ text }))
  await click('Explain')
  await expect.element(page.getByRole('heading', { name: 'Quicksort' })).toBeVisible()
  await expect.poll(() => document.querySelector('.hljs-keyword')?.textContent).toBe('const')
})

test('a tool call with its result', async () => {
  const toolCalls = [{ name: 'weather', arguments: { city: 'Rome' } }]
  show(<Weather />, [completionStream({ toolCalls }), completionStream({ text: 'Mild.' })])
  await click('Ask')
  await seen('18 °C in Rome')
  await seen('Mild.')
})

test('a form filled from an object', async () => {
  show(<FormFill />, completionStream({ text: '{"name":"Ann","email":"ann@example.com"}' }))
  await click('Fill')
  await expect.element(page.getByLabelText('Name')).toHaveValue('Ann')
  await expect.element(page.getByLabelText('Email')).toHaveValue('ann@example.com')
})

test('three models side by side', async () => {
  show(<ThreeModels />, ({ init }) =>
    completionStream({
      text: `I am ${(JSON.parse(init.body as string) as { model: string }).model}`,
    }),
  )
  for (const model of ['small', 'medium', 'large']) await click(`Ask ${model}`)
  for (const model of ['small', 'medium', 'large']) await seen(`I am ${model}`)
})

test('resume after a reload', async () => {
  const checkpoint = { responseId: 'resp_1', sequenceNumber: 4 }
  sessionStorage.setItem('answer', JSON.stringify(checkpoint))
  // Read as the module loads, which is what a reload does.
  const { ResumedAnswer } = await import('../../examples/jobs/resume.tsx')
  const urls: string[] = []
  show(<ResumedAnswer />, ({ url }) => {
    urls.push(url)
    return completionStream({ text: 'Once upon a time' })
  })
  await seen('Once upon a time')
  expect(urls).toEqual(['/api/responses/resp_1'])
  await expect.poll(() => sessionStorage.getItem('answer')).toBe(null)
})

test('usage, cost and speed', async () => {
  show(<Usage />, completionStream({ text: 'Hi', usage: { inputTokens: 400, outputTokens: 100 } }))
  await click('Ask')
  await seen(/^100 tokens, \$0\.0003, [\d.]+ tokens\/s$/)
})

test('an error with a retry', async () => {
  show(<Retry />, [httpFailure(503), completionStream({ text: 'Better' })])
  await click('Ask')
  await click(/Retry$/)
  await seen('Better')
})

test('a typewriter', async () => {
  show(<Typewriter />, completionStream({ text: 'Letter by letter' }))
  await click('Ask')
  await seen('Letter by letter')
})

test('saved to localStorage', async () => {
  localStorage.removeItem('chat')
  const close = show(<SavedChat />, chat('Hello there'))
  await click('Greet')
  await seen('Hello there')
  await expect.poll(() => localStorage.getItem('chat')).toContain('Hello there')
  close()
  show(<SavedChat />, chat('Never asked for'))
  await seen('Hello there')
  localStorage.removeItem('chat')
})
