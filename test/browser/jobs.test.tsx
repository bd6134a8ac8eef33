import { createRoot } from 'react-dom/client'
import type { ReactNode } from 'react'
import { expect, onTestFinished, test as anyTest, vi } from 'vitest'
import { page, server, userEvent } from 'vitest/browser'
import { Tabs } from '../../examples/jobs/activity.tsx'
import { Announced } from '../../examples/jobs/announcer.tsx'
import { Chat } from '../../examples/jobs/chat.tsx'
import { Inspected } from '../../examples/jobs/events.tsx'
import { FormFill } from '../../examples/jobs/form-fill.tsx'
import { LongAnswer } from '../../examples/jobs/long-answer.tsx'
import { MarkdownAnswer } from '../../examples/jobs/markdown.tsx'
import { Moderated } from '../../examples/jobs/moderation.tsx'
import { OtherFormat } from '../../examples/jobs/other-format.tsx'
import { Outcome } from '../../examples/jobs/outcomes.tsx'
import { Reasoning } from '../../examples/jobs/reasoning.tsx'
import { Retry } from '../../examples/jobs/retry.tsx'
import { SavedChat } from '../../examples/jobs/saved.tsx'
import { Shared } from '../../examples/jobs/shared.tsx'
import { ThreeModels } from '../../examples/jobs/three-models.tsx'
import { Impatient } from '../../examples/jobs/timeouts.tsx'
import { Weather } from '../../examples/jobs/tools.tsx'
import { Typewriter } from '../../examples/jobs/typewriter.tsx'
import { Usage } from '../../examples/jobs/usage.tsx'
import { completionStream, httpFailure, recordedStream, scriptedFetch } from '../../src/testing.ts'

/* The components of examples/jobs, as in an app: only the network is scripted. */

/** The system's browsers can only open a page: clicks are not supported. */
const test = anyTest.skipIf(server.provider === 'system')

type Script = Parameters<typeof scriptedFetch>[0]

/** Renders a component on a page whose server plays scripts. */
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
  // Read when the module loads, as after a reload.
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
  show(<Retry />, [httpFailure(400), completionStream({ text: 'Better' })])
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

test('a chat continues when the storage is full', async () => {
  localStorage.removeItem('chat')
  const full = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('Full', 'QuotaExceededError')
  })
  show(<SavedChat />, chat('Hello there'))
  await click('Greet')
  await seen('Hello there')
  expect(full).toHaveBeenCalled()
  full.mockRestore()
})

test('another format', async () => {
  const event = (data: { type: string; [field: string]: unknown }) =>
    `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`
  const body = [
    event({ type: 'message_start', message: { id: 'msg_1', role: 'assistant', content: [] } }),
    event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }),
    event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hello' } }),
    event({ type: 'content_block_stop', index: 0 }),
    event({ type: 'message_delta', delta: { stop_reason: 'end_turn' } }),
    event({ type: 'message_stop' }),
  ]
  show(<OtherFormat />, recordedStream(body.join('')))
  await click('Ask')
  await seen('Hello')
})

test('a message for each outcome', async () => {
  show(<Outcome />, [
    httpFailure(429, undefined, { 'retry-after': '2' }),
    completionStream({ text: 'Half of it' }, { end: 'cut', stopAfter: 5 }),
    completionStream({ text: 'Too long', finishReason: 'length' }, { format: 'openai-chat' }),
    completionStream({ refusal: 'I would rather not.' }),
  ])
  await click('Ask')
  await seen('Busy. Try again in 2 s.')
  await click('Ask')
  await seen('Connection lost.')
  await click('Ask')
  await seen('The answer reached the token limit.')
  await click('Ask')
  await seen('I would rather not.')
})

test('timeouts', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  onTestFinished(() => void vi.useRealTimers())
  show(<Impatient />, completionStream({ text: 'Half of it' }, { end: 'stall', stopAfter: 4 }))
  await click('Ask')
  await vi.advanceTimersByTimeAsync(20_000)
  await seen('Limit reached: idle')
})

test('reasoning next to the text, and a refusal instead of it', async () => {
  const reasoned = completionStream({ reasoning: 'Compare the tenths.', text: '9.9 is larger.' })
  show(<Reasoning />, [reasoned, completionStream({ refusal: 'I would rather not.' })])
  await click('Ask')
  await seen('9.9 is larger.')
  const details = document.querySelector('details')
  expect(details?.textContent).toContain('Compare the tenths.')
  expect(details?.open).toBe(false)
  await click('Ask')
  await expect.element(page.getByRole('alert')).toHaveTextContent('I would rather not.')
})

test('text that is checked before it is shown', async () => {
  const answer = completionStream({ text: 'This is fine. This is contraband. So is this.' })
  const play = scriptedFetch(answer)
  const { fetch } = globalThis
  onTestFinished(() => void (globalThis.fetch = fetch))
  show(<Moderated />, answer)
  globalThis.fetch = (url, init = {}) =>
    url === '/api/moderation'
      ? Promise.resolve(Response.json({ flagged: /contraband/.test(init.body as string) }))
      : play(url, init)
  await click('Ask')
  await seen('This answer was stopped by moderation.')
  await seen('This is fine.')
  expect(document.body.textContent).not.toContain('contraband')
})

test('a completion that several components share', async () => {
  show(<Shared />, completionStream({ text: 'Four words in all' }))
  await click('Ask')
  await seen('Four words in all')
  await seen('4 words')
})

test('a long answer in groups of blocks', async () => {
  const text = Array.from({ length: 120 }, (_, index) => `Paragraph ${index}.`).join('\n\n')
  show(<LongAnswer />, completionStream({ text }))
  await click('Write')
  await expect.poll(() => document.querySelectorAll('section').length).toBe(3)
  await seen('Paragraph 119.')
})

test('every event and the time to the first token', async () => {
  const table = vi.spyOn(console, 'table').mockReturnValue()
  onTestFinished(() => table.mockRestore())
  show(<Inspected />, completionStream({ text: 'Hello' }, { delay: 5 }))
  await click('Ask')
  await seen(/^First token after \d+ ms$/)
  await expect
    .poll(() => (table.mock.calls[0]?.[0] as unknown[] | undefined)?.length)
    .toBeGreaterThan(3)
})

test('an answer that is announced', async () => {
  show(<Announced />, completionStream({ text: 'Hello' }))
  await click('Ask')
  await seen('Hello')
  await expect.element(page.getByRole('status')).toHaveTextContent('The answer is complete.')
})

test('an answer that keeps streaming while Activity hides it', async () => {
  show(<Tabs />, completionStream({ text: 'Once upon a time' }, { delay: 30 }))
  await click('Start')
  await seen(/^Once/)
  await click('Hide')
  await expect.element(page.getByText(/^Once/)).not.toBeVisible()
  await new Promise((resolve) => setTimeout(resolve, 300))
  await click('Show')
  await seen('Once upon a time')
})
