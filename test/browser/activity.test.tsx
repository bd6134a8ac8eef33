import { Activity, StrictMode, useLayoutEffect, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, onTestFinished, test } from 'vitest'
import {
  createCompletionRegistry,
  useCompletion,
  useStreamingCompletion,
  type Completion,
  type UseStreamingCompletionResult,
} from 'use-streaming-completion'
import '../support/mute-advice.ts'
import { chat } from './support/bodies.ts'
import { nextFrame } from './support/completion-page.tsx'
import { expectClosedBy } from './support/expect-closed.ts'
import { end, head, prepareFault, write } from './support/fault.ts'

type Shown = UseStreamingCompletionResult<string>

/** A page whose content the test hides and shows, with a record of what was painted in each frame. */
function renderPage(render: (isHidden: boolean) => ReactNode) {
  const container = document.body.appendChild(document.createElement('main'))
  const root = createRoot(container)
  const painted: string[] = []
  let isOver = false
  const watch = () => {
    const { innerText } = container
    if (innerText !== painted.at(-1)) painted.push(innerText)
    if (!isOver) requestAnimationFrame(watch)
  }
  watch()
  onTestFinished(() => {
    isOver = true
    root.unmount()
    container.remove()
  })
  const show = (isHidden: boolean) => root.render(<StrictMode>{render(isHidden)}</StrictMode>)
  show(false)
  return {
    hide: () => show(true),
    show: () => show(false),
    painted,
    /** Only the visible text. */
    text: () => container.innerText,
  }
}

function Answer({ completion, onShown }: { completion: Shown; onShown: (shown: Shown) => void }) {
  useLayoutEffect(() => onShown(completion))
  return (
    <p>
      {completion.status}: {completion.text}
    </p>
  )
}

const modeOf = (isHidden: boolean) => (isHidden ? 'hidden' : 'visible')

/** A page with the hook inside an Activity. */
async function renderInside(url: string) {
  let shown: Shown | undefined
  const onShown = (completion: Shown) => void (shown = completion)
  function Inside() {
    return <Answer completion={useStreamingCompletion({ url })} onShown={onShown} />
  }
  const page = renderPage((isHidden) => (
    <Activity mode={modeOf(isHidden)}>
      <Inside />
    </Activity>
  ))
  await expect.poll(page.text).toBe('idle:')
  return { ...page, completion: shown! }
}

test('a hook inside closes its connection when it is hidden, and shows its text when it is shown', async () => {
  const fault = await prepareFault(head(), write(chat.text('Half')))
  const page = await renderInside(fault.url)
  const run = page.completion.start('Hi')
  await expect.poll(page.text).toBe('streaming: Half')
  await expectClosedBy(fault, page.hide)
  expect(await run).toMatchObject({ status: 'aborted', abortReason: 'unmount', text: 'Half' })
  expect(page.text()).toBe('')

  page.painted.length = 0
  page.show()
  await expect.poll(() => page.painted.at(-1)).toBe('aborted: Half')
  // No frame shows the earlier state.
  expect(page.painted.filter(Boolean)).toEqual(['aborted: Half'])
})

test('a start while the hook is hidden sends nothing and keeps the text', async () => {
  const answered = await prepareFault(head(), write(chat.whole(['Hello'])), end)
  const page = await renderInside(answered.url)
  await page.completion.start('Hi')
  await expect.poll(page.text).toBe('complete: Hello')
  page.hide()
  await expect.poll(page.text).toBe('')

  const unwanted = await prepareFault(head(), write(chat.text('Never')))
  expect(await page.completion.start('More')).toMatchObject({ abortReason: 'unmount', text: '' })
  await nextFrame()
  page.show()
  await expect.poll(page.text).toBe('complete: Hello')
  expect(await unwanted.isRequested()).toBe(false)
  expect(page.painted).not.toContain('complete:')
})

test('a hook that is shown again starts the next run', async () => {
  const fault = await prepareFault(head(), write(chat.whole(['Hello'])), end)
  const page = await renderInside(fault.url)
  page.hide()
  await expect.poll(page.text).toBe('')
  page.show()
  await expect.poll(page.text).toBe('idle:')
  await page.completion.start('Hi')
  await expect.poll(page.text).toBe('complete: Hello')
})

const registry = createCompletionRegistry()

test.each(['useCompletion above', 'createCompletionRegistry'])(
  'a completion of %s keeps streaming, and the first frame that shows it is up to date',
  async (owner) => {
    const fault = await prepareFault(head(), write(chat.text('One')))
    const { url } = fault
    let shown: Shown | undefined
    const onShown = (completion: Shown) => void (shown = completion)
    function Display({ completion }: { completion: Completion<string> }) {
      return <Answer completion={useStreamingCompletion({ completion })} onShown={onShown} />
    }
    function Registered() {
      return <Display completion={registry.get('answer', { url })} />
    }
    function Owner({ isHidden }: { isHidden: boolean }) {
      const completion = useCompletion<string>({ url })
      return (
        <Activity mode={modeOf(isHidden)}>
          {owner === 'createCompletionRegistry' ? (
            <Registered />
          ) : (
            <Display completion={completion} />
          )}
        </Activity>
      )
    }
    const page = renderPage((isHidden) => <Owner isHidden={isHidden} />)
    await expect.poll(page.text).toBe('idle:')
    const run = shown!.start('Hi')
    await expect.poll(page.text).toBe('streaming: One')
    page.hide()
    await expect.poll(page.text).toBe('')
    await fault.perform(write(chat.text(' two')), write(chat.whole([' three'])), end)
    expect(await run).toMatchObject({ status: 'complete', text: 'One two three' })

    page.painted.length = 0
    page.show()
    await expect.poll(() => page.painted.at(-1)).toBe('complete: One two three')
    expect(page.painted.filter(Boolean)).toEqual(['complete: One two three'])
  },
)
