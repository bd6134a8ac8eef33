import { act, render } from '@testing-library/react'
import { StrictMode, useLayoutEffect } from 'react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  useCompletionAnnouncer,
  useStreamingCompletion,
  type UseCompletionAnnouncerOptions,
  type UseStreamingCompletionResult,
} from '../../src/index.ts'
import { createControlledFetch, type ControlledRequest } from '../../src/testing.ts'
import { failOnReactWarnings } from './support/react-checks.ts'

failOnReactWarnings()
beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(() => void vi.useRealTimers())

/** A component that announces, with a record of its live regions. */
function announcing(options: UseCompletionAnnouncerOptions = {}, { isStrict = false } = {}) {
  const { fetch, requests } = createControlledFetch()
  const heard: string[] = []
  let completion!: UseStreamingCompletionResult<string>

  function Answer({ options: given }: { options: UseCompletionAnnouncerOptions }) {
    const current = useStreamingCompletion<string>({ url: '/api', fetch, publish: 'sync' })
    const { polite, assertive } = useCompletionAnnouncer(current, given)
    useLayoutEffect(() => {
      completion = current
    })
    useLayoutEffect(() => {
      if (polite) heard.push(polite)
    }, [polite])
    useLayoutEffect(() => {
      if (assertive) heard.push(`! ${assertive}`)
    }, [assertive])
    return (
      <>
        <p role="status">{polite}</p>
        <p role="alert">{assertive}</p>
      </>
    )
  }

  const tree = (given: UseCompletionAnnouncerOptions) =>
    isStrict ? (
      <StrictMode>
        <Answer options={given} />
      </StrictMode>
    ) : (
      <Answer options={given} />
    )
  const { rerender, unmount } = render(tree(options))
  const run = async (action: () => unknown) => {
    await act(async () => {
      action()
      await vi.advanceTimersByTimeAsync(0)
    })
  }
  return {
    heard,
    unmount,
    rerender: (given: UseCompletionAnnouncerOptions) => rerender(tree(given)),
    get completion() {
      return completion
    },
    start: async (): Promise<ControlledRequest> => {
      await run(() => void completion.start('Hi'))
      const request = requests.at(-1)!
      await run(() => request.respond())
      return request
    },
    run,
    wait: (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms)),
  }
}

const content = (text: string, finish_reason: string | null = null) => ({
  choices: [{ index: 0, delta: { content: text }, finish_reason }],
})
const end = { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }

describe.each([false, true])('with StrictMode: %s', (isStrict) => {
  test('is silent at first, then announces the start and the end once each, and never tokens', async () => {
    const page = announcing({}, { isStrict })
    expect(page.heard).toEqual([])
    const request = await page.start()
    for (const word of ['One. ', 'Two. ', 'Three.'])
      await page.run(() => request.send(content(word)))
    await page.run(() => request.send(end))
    await page.run(() => request.end())
    expect(page.completion.status).toBe('complete')
    expect(page.heard).toEqual(['Generating an answer.', 'The answer is complete.'])
  })
})

test('announces an error assertively, and the same error again after another run', async () => {
  const page = announcing()
  for (let run = 0; run < 2; run++) {
    const request = await page.start()
    await page.run(() => request.send({ error: { message: 'Out of luck.' } }))
  }
  expect(page.heard).toEqual([
    'Generating an answer.',
    '! Out of luck.',
    'Generating an answer.',
    '! Out of luck.',
  ])
})

test('announces that it was stopped, and nothing more once it is reset', async () => {
  const page = announcing()
  await page.start()
  await page.run(() => page.completion.abort())
  expect(page.heard).toEqual(['Generating an answer.', 'Stopped.'])
  await page.run(() => page.completion.reset())
  expect(document.querySelector('[role=status]')?.textContent).toBe('')
})

test.each([
  ['length', 'The answer stopped at the token limit.'],
  ['content_filter', 'A content filter cut off the answer.'],
])('announces why an answer that ended with %s is incomplete', async (reason, words) => {
  const page = announcing()
  const request = await page.start()
  await page.run(() => request.send(content('Half', reason)))
  await page.run(() => request.end())
  expect(page.heard.at(-1)).toBe(words)
})

test('announces that an approval is needed', async () => {
  const page = announcing()
  const request = await page.start()
  const asks = { type: 'mcp_approval_request', id: 'a', name: 'delete_file', arguments: '{}' }
  const response = { id: 'r', object: 'response', status: 'completed', output: [asks] }
  await page.run(() =>
    request.send(`data: ${JSON.stringify({ type: 'response.completed', response })}\n\n`),
  )
  await page.run(() => request.end())
  expect(page.heard.at(-1)).toBe('Your approval is needed.')
})

test('announces the messages of the latest render', async () => {
  const page = announcing({ messages: { started: 'Los geht’s.' } })
  const request = await page.start()
  page.rerender({ messages: { complete: ({ text }) => `Fertig: ${text}` } })
  await page.run(() => request.send(content('Ja', 'stop')))
  await page.run(() => request.end())
  expect(page.heard).toEqual(['Los geht’s.', 'Fertig: Ja'])
})

describe('with sentences', () => {
  test('announces complete sentences at most once per interval, and the rest at the end', async () => {
    const page = announcing({ sentences: true, interval: 1000, messages: { started: '' } })
    const request = await page.start()
    await page.run(() => request.send(content('It is 3.')))
    expect(page.heard).toEqual([])
    await page.run(() => request.send(content('5 km. The way is ')))
    expect(page.heard).toEqual(['It is 3.5 km.'])
    await page.run(() => request.send(content('flat. It is short. And')))
    expect(page.heard).toHaveLength(1)
    await page.wait(1000)
    expect(page.heard.slice(1)).toEqual(['The way is flat. It is short.'])
    await page.run(() => request.send(content(' dry', 'stop')))
    await page.run(() => request.end())
    expect(page.heard.slice(2)).toEqual(['And dry. The answer is complete.'])
    expect(vi.getTimerCount()).toBe(0)
  })

  test.each([
    ['fails', 'One. Two is half a', ['One.', '! Out of luck.']],
    ['fails in its first sentence', 'Half a', ['! Out of luck.']],
    ['fails after a complete sentence', 'It is 3.', ['It is 3.', '! Out of luck.']],
  ])(
    'announces no half sentence of an answer that %s, and announces the error assertively',
    async (_, text, heard) => {
      const page = announcing({ sentences: true, interval: 60_000, messages: { started: '' } })
      const request = await page.start()
      await page.run(() => request.send(content(text)))
      await page.run(() => request.send({ error: { message: 'Out of luck.' } }))
      expect(page.heard).toEqual(heard)
    },
  )

  test.each([
    ['stop', 'One. And dry', 'And dry. The answer is complete.'],
    ['stop', '一です。そして二', 'そして二。 The answer is complete.'],
    ['stop', '- a list (of two)', '- a list (of two) The answer is complete.'],
    ['length', 'One. Two is ha', 'The answer stopped at the token limit.'],
    ['length', 'One is ha', 'The answer stopped at the token limit.'],
    ['content_filter', 'One is ha', 'A content filter cut off the answer.'],
  ])(
    'does not join half a sentence to the outcome of %s after "%s"',
    async (reason, text, words) => {
      const page = announcing({ sentences: true, messages: { started: '' } })
      const request = await page.start()
      await page.run(() => request.send(content(text, reason)))
      await page.run(() => request.end())
      expect(page.heard.at(-1)).toBe(words)
    },
  )

  test('does not join half a sentence to an abort', async () => {
    const page = announcing({ sentences: true, messages: { started: '' } })
    const request = await page.start()
    await page.run(() => request.send(content('One. Two is ha')))
    await page.run(() => page.completion.abort())
    expect(page.heard.at(-1)).toBe('Stopped.')
  })

  test('announces no sentence of the previous run', async () => {
    const page = announcing({ sentences: true, interval: 0 })
    const first = await page.start()
    await page.run(() => first.send(content('One. Two. Three', 'stop')))
    await page.run(() => first.end())
    const second = await page.start()
    await page.run(() => second.send(content('Four. Five')))
    expect(page.heard.slice(-2)).toEqual(['Generating an answer.', 'Four.'])
  })

  test('leaves no timer behind', async () => {
    const page = announcing({ sentences: true, interval: 1000 })
    const request = await page.start()
    await page.run(() => request.send(content('One. Two. ')))
    await page.run(() => request.send(content('Three. Four. ')))
    expect(vi.getTimerCount()).toBeGreaterThan(0)
    page.unmount()
    expect(vi.getTimerCount()).toBe(0)
  })
})

test('announces nothing of an earlier answer, but its end if it is still running', async () => {
  function Late({ completion }: { completion: UseStreamingCompletionResult<string> }) {
    return <p role="status">{useCompletionAnnouncer(completion, { sentences: true }).polite}</p>
  }
  const page = announcing()
  const request = await page.start()
  await page.run(() => request.send(content('One. Two. Three. ')))
  const late = render(<Late completion={page.completion} />)
  const said = () => late.container.textContent
  expect(said()).toBe('')
  await page.run(() => request.send(end))
  await page.run(() => request.end())
  late.rerender(<Late completion={page.completion} />)
  expect(said()).toBe('The answer is complete.')
})

describe('commentary', () => {
  const event = (data: Record<string, unknown>) => `data: ${JSON.stringify(data)}\n\n`
  const message = (output_index: number, phase: string, status: string, text = '') => ({
    output_index,
    item: {
      id: `msg_${output_index}`,
      type: 'message',
      role: 'assistant',
      phase,
      status,
      content: text ? [{ type: 'output_text', text }] : [],
    },
  })
  const added = (at: number, phase: string) =>
    event({ type: 'response.output_item.added', ...message(at, phase, 'in_progress') })
  const delta = (at: number, text: string) =>
    event({
      type: 'response.output_text.delta',
      item_id: `msg_${at}`,
      output_index: at,
      content_index: 0,
      delta: text,
    })
  const done = (at: number, phase: string, text: string) =>
    event({ type: 'response.output_item.done', ...message(at, phase, 'completed', text) })
  const completed = event({
    type: 'response.completed',
    response: { id: 'r', object: 'response', status: 'completed' },
  })
  const commented = async (options: UseCompletionAnnouncerOptions) => {
    const page = announcing({ interval: 0, messages: { started: '' }, ...options })
    const request = await page.start()
    return { page, send: (...events: string[]) => page.run(() => request.send(events.join(''))) }
  }

  test('is announced in complete sentences, the last one when its message is complete', async () => {
    const { page, send } = await commented({ sentences: true })
    await send(added(0, 'commentary'), delta(0, 'Let me look. I will sea'))
    expect(page.heard).toEqual(['Let me look.'])
    await send(delta(0, 'rch the web'))
    expect(page.heard).toHaveLength(1)
    await send(done(0, 'commentary', 'Let me look. I will search the web'))
    expect(page.heard.slice(1)).toEqual(['I will search the web'])
    await send(added(1, 'final_answer'), delta(1, 'It rains. It'))
    expect(page.heard.slice(2)).toEqual(['It rains.'])
    await send(done(1, 'final_answer', 'It rains. It is cold.'), completed)
    expect(page.heard.slice(3)).toEqual(['It is cold. The answer is complete.'])
  })

  test('can be announced without the text, and the text without it', async () => {
    for (const [options, heard] of [
      [{ commentary: true }, ['I will look.', 'The answer is complete.']],
      [{ sentences: true, commentary: false }, ['It rains. The answer is complete.']],
      [{}, ['The answer is complete.']],
    ] as const) {
      const { page, send } = await commented(options)
      await send(
        added(0, 'commentary'),
        delta(0, 'I will look.'),
        done(0, 'commentary', 'I will look.'),
      )
      await send(
        added(1, 'final_answer'),
        delta(1, 'It rains'),
        done(1, 'final_answer', 'It rains'),
        completed,
      )
      expect(page.heard).toEqual(heard)
      page.unmount()
    }
  })

  test('is not announced in part when the run is stopped within it', async () => {
    const { page, send } = await commented({ commentary: true, interval: 60_000 })
    await send(added(0, 'commentary'), delta(0, 'Let me'))
    await send(delta(0, ' look. I will sea'))
    await page.run(() => page.completion.abort())
    expect(page.heard).toEqual(['Let me look.', 'Stopped.'])
  })
})
