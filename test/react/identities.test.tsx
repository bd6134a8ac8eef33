import { expect, test } from 'vitest'
import { answer, textChunk } from '../client/support/chat.ts'
import { failOnReactWarnings } from './support/react-checks.ts'
import { renderCompletion } from './support/render-completion.tsx'
import { step } from './support/step.ts'

failOnReactWarnings()

test.each([false, true])(
  'start, abort, retry and reset are the same for the life of the component (StrictMode: %s)',
  async (isStrict) => {
    const rendered = renderCompletion({ publish: 'sync' }, { isStrict })
    const { start, abort, retry, reset } = rendered.current
    const first = rendered.renders.length
    await step(() => start('a'))
    await step(() => {
      rendered.requests[0]!.respond()
      rendered.requests[0]!.send(textChunk('Hel'))
    })
    rendered.rerender({ url: '/other', headers: { 'x-new': '1' }, onError: () => undefined })
    await step(() => abort())
    await step(() => retry())
    await step(() => reset())

    const later = rendered.renders.slice(first)
    expect(later.length).toBeGreaterThan(4)
    for (const render of later) {
      expect(render.start).toBe(start)
      expect(render.abort).toBe(abort)
      expect(render.retry).toBe(retry)
      expect(render.reset).toBe(reset)
    }
  },
)

test('the result is the same object as long as nothing changes', async () => {
  const rendered = renderCompletion()
  const idle = rendered.current
  rendered.rerender()
  rendered.rerender({ headers: {} })
  expect(rendered.current).toBe(idle)

  await step(() => rendered.current.start('a'))
  const connecting = rendered.current
  expect(connecting).not.toBe(idle)
  rendered.rerender()
  expect(rendered.current).toBe(connecting)

  await step(() => {
    rendered.requests[0]!.respond()
    rendered.requests[0]!.send(answer('Hello'))
  })
  const complete = rendered.current
  rendered.rerender()
  expect(rendered.current).toBe(complete)
})

test('the controls work when destructured', async () => {
  const rendered = renderCompletion()
  const { start, abort } = rendered.current
  await step(() => start('a'))
  await step(() => abort())
  expect(rendered.current.status).toBe('aborted')
})
