import { Suspense, startTransition, useLayoutEffect } from 'react'
import { expect, test } from 'vitest'
import { createControlledFetch } from '../../src/testing.ts'
import { answer, textChunk } from '../client/support/chat.ts'
import { failOnReactWarnings } from './support/react-checks.ts'
import { renderCompletion } from './support/render-completion.tsx'
import { step } from './support/step.ts'

failOnReactWarnings()

function sentHeader(init: RequestInit, name: string) {
  return new Headers(init.headers).get(name)
}

test('a re-render between two starts is enough for new headers and a new url', async () => {
  const rendered = renderCompletion({ url: '/old', headers: { 'x-user': 'old' } })
  const { start } = rendered.current
  await step(() => start('a'))
  rendered.rerender({ url: '/new', headers: { 'x-user': 'new' } })
  await step(() => start('b'))
  expect(rendered.requests.map(({ url, init }) => [url, sentHeader(init, 'x-user')])).toEqual([
    ['/old', 'old'],
    ['/new', 'new'],
  ])
})

test('a start in an effect uses the options of the same commit', async () => {
  let isDue = false
  const rendered = renderCompletion(
    { headers: { 'x-user': 'old' } },
    {
      useMore({ start }) {
        useLayoutEffect(() => {
          if (!isDue) return
          isDue = false
          void start('a')
        })
      },
    },
  )
  isDue = true
  await step(() => rendered.rerender({ headers: { 'x-user': 'new' } }))
  expect(rendered.requests.map(({ init }) => sentHeader(init, 'x-user'))).toEqual(['new'])
})

test('an abort in an effect calls the callbacks of the same commit', async () => {
  const called: string[] = []
  let isDue = false
  const rendered = renderCompletion(
    { onFinish: () => called.push('old') },
    {
      useMore({ abort }) {
        useLayoutEffect(() => {
          if (isDue) abort()
        })
      },
    },
  )
  await step(() => rendered.current.start('a'))
  isDue = true
  await step(() => rendered.rerender({ onFinish: () => called.push('new') }))
  expect(called).toEqual(['new'])
})

test('after a re-render during a run, the latest callbacks are called at its end', async () => {
  const called: string[] = []
  const callbacks = (name: string) => ({
    onEvent: () => called.push(`${name} onEvent`),
    onError: () => called.push(`${name} onError`),
    onFinish: () => called.push(`${name} onFinish`),
  })
  const rendered = renderCompletion(callbacks('old'))
  await step(() => rendered.current.start('a'))
  await step(() => {
    rendered.requests[0]!.respond()
    rendered.requests[0]!.send(textChunk('one'))
  })
  rendered.rerender(callbacks('new'))
  await step(() => rendered.requests[0]!.send(textChunk('two')))
  await step(() => rendered.requests[0]!.fail())
  expect(called).toEqual(['old onEvent', 'new onEvent', 'new onError', 'new onFinish'])
})

test('a re-render with new option objects does not affect the run', async () => {
  const rendered = renderCompletion({ headers: () => ({ 'x-user': 'a' }) })
  await step(() => rendered.current.start('a'))
  for (let render = 0; render < 5; render++) {
    rendered.rerender({ headers: () => ({ 'x-user': 'b' }), body: (input) => ({ input }) })
  }
  await step(() => {
    rendered.requests[0]!.respond()
    rendered.requests[0]!.send(answer('Hello'))
  })
  expect(rendered.current).toMatchObject({ status: 'complete', text: 'Hello' })
  expect(rendered.requests).toHaveLength(1)
  expect(rendered.finished).toHaveLength(1)
})

test('retry uses the current options', async () => {
  const { fetch, requests } = createControlledFetch()
  const rendered = renderCompletion()
  await step(() => rendered.current.start('a'))
  await step(() => rendered.requests[0]!.fail())
  rendered.rerender({ url: '/fallback', fetch })
  await step(() => rendered.current.retry())
  expect(requests.map(({ url, init }) => [url, init.body])).toEqual([
    ['/fallback', '{"input":"a"}'],
  ])
})

test('options of a render that React discards are not used', async () => {
  const never = new Promise<never>(() => undefined)
  let isSuspended = false
  const rendered = renderCompletion(
    { headers: { 'x-user': 'committed' } },
    {
      useMore() {
        // As `use` does it, which React 18 does not have.
        // eslint-disable-next-line @typescript-eslint/only-throw-error
        if (isSuspended) throw never
      },
      wrap: (component) => <Suspense fallback="loading">{component}</Suspense>,
    },
  )
  isSuspended = true
  await step(() => {
    startTransition(() => rendered.rerender({ headers: { 'x-user': 'thrown away' } }))
  })
  isSuspended = false
  await step(() => rendered.current.start('a'))
  expect(rendered.requests.map(({ init }) => sentHeader(init, 'x-user'))).toEqual(['committed'])
})
