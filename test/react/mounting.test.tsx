import { render } from '@testing-library/react'
import { StrictMode, useEffect, useLayoutEffect, useState } from 'react'
import { describe, expect, test } from 'vitest'
import {
  useStreamingCompletion,
  type SettledState,
  type UseStreamingCompletionResult,
} from '../../src/index.ts'
import { createControlledFetch } from '../../src/testing.ts'
import { answer, textChunk } from '../client/support/chat.ts'
import { stubFrames } from '../client/support/stub-frames.ts'
import { turns } from '../client/support/turns.ts'
import { failOnReactWarnings } from './support/react-checks.ts'
import { renderCompletion } from './support/render-completion.tsx'
import { step } from './support/step.ts'

failOnReactWarnings()

describe('StrictMode', () => {
  test('does not start a run by itself', async () => {
    const rendered = renderCompletion({}, { isStrict: true })
    await step()
    expect(rendered.requests).toHaveLength(0)
    expect(rendered.current.status).toBe('idle')
    expect(rendered.finished).toHaveLength(0)
  })

  test('leaves the hook usable', async () => {
    const rendered = renderCompletion({}, { isStrict: true })
    await step(() => rendered.current.start('a'))
    await step(() => {
      rendered.requests[0]!.respond()
      rendered.requests[0]!.send(answer('Hello'))
    })
    expect(rendered.requests).toHaveLength(1)
    expect(rendered.current).toMatchObject({ status: 'complete', text: 'Hello' })
    expect(rendered.finished).toHaveLength(1)
  })

  test.each([
    ['useEffect', useEffect],
    ['useLayoutEffect', useLayoutEffect],
  ])('a start in %s makes one request, and its run is the current one', async (_, useAnyEffect) => {
    const rendered = renderCompletion(
      {},
      {
        isStrict: true,
        useMore({ start, abort }) {
          useAnyEffect(() => {
            void start('a')
            return () => abort()
          }, [start, abort])
        },
      },
    )
    await step()
    expect(rendered.requests).toHaveLength(1)
    await step(() => {
      rendered.requests[0]!.respond()
      rendered.requests[0]!.send(answer('Hello'))
    })
    expect(rendered.current).toMatchObject({ status: 'complete', text: 'Hello' })
  })

  test('a start in an effect without a cleanup also makes one request', async () => {
    const rendered = renderCompletion(
      {},
      {
        isStrict: true,
        useMore({ start }) {
          useEffect(() => {
            void start('a')
          }, [start])
        },
      },
    )
    await step()
    expect(rendered.requests).toHaveLength(1)
    expect(rendered.requests[0]!.closedByClient).toBe(false)
    expect(rendered.current.status).toBe('connecting')
  })

  test("a child's layout effect, which runs before its parent's, can start as well", async () => {
    const { fetch, requests } = createControlledFetch()
    function Child({ start }: Pick<UseStreamingCompletionResult, 'start'>) {
      useLayoutEffect(() => {
        void start('a')
      }, [start])
      return null
    }
    let status = ''
    function Parent() {
      const completion = useStreamingCompletion({ url: '/', fetch })
      status = completion.status
      return <Child start={completion.start} />
    }
    render(
      <StrictMode>
        <Parent />
      </StrictMode>,
    )
    await step()
    expect(requests.filter(({ closedByClient }) => !closedByClient)).toHaveLength(1)
    expect(status).toBe('connecting')
  })
})

describe('an unmount', () => {
  test('aborts the run once, closes the connection, and calls onFinish once', async () => {
    const rendered = renderCompletion()
    await step(() => rendered.current.start('a'))
    await step(() => {
      rendered.requests[0]!.respond()
      rendered.requests[0]!.send(textChunk('partial'))
    })

    rendered.unmount()
    await step()

    expect(rendered.requests[0]!.closedByClient).toBe(true)
    expect(rendered.finished).toMatchObject([
      { status: 'aborted', abortReason: 'unmount', text: 'partial' },
    ])
  })

  test('resolves the promise of start', async () => {
    const rendered = renderCompletion()
    let result: SettledState | undefined
    await step(() => rendered.current.start('a').then((state) => (result = state)))
    rendered.unmount()
    await step()
    expect(result).toMatchObject({ status: 'aborted', abortReason: 'unmount' })
  })

  test('does not render again, whatever arrives late', async () => {
    const frames = stubFrames()
    const rendered = renderCompletion()
    await step(() => rendered.current.start('a'))
    await step(() => {
      rendered.requests[0]!.respond()
      rendered.requests[0]!.send(textChunk('one'))
    })
    await step(() => rendered.requests[0]!.send(textChunk(' two')))
    const { length } = rendered.renders

    rendered.unmount()
    // Outside act: an update now would cause a warning.
    rendered.requests[0]!.send(textChunk(' late'))
    await turns()
    frames.draw()
    await turns()

    expect(rendered.renders).toHaveLength(length)
    expect(frames.waiting).toBe(0)
  })

  test('without a run calls no callbacks', async () => {
    const rendered = renderCompletion()
    rendered.unmount()
    await step()
    expect(rendered.finished).toHaveLength(0)
  })

  test('after the run had settled does not call onFinish again', async () => {
    const rendered = renderCompletion()
    await step(() => rendered.current.start('a'))
    await step(() => {
      rendered.requests[0]!.respond()
      rendered.requests[0]!.send(answer('Hello'))
    })
    rendered.unmount()
    await step()
    expect(rendered.finished).toMatchObject([{ status: 'complete' }])
  })

  test.each(['start', 'retry'] as const)(
    'makes a later %s settle as aborted, without a request',
    async (name) => {
      const rendered = renderCompletion()
      const { start, retry } = rendered.current
      if (name === 'retry') {
        await step(() => start('a'))
        await step(() => rendered.requests[0]!.fail())
      }
      const { length } = rendered.requests
      rendered.unmount()

      const state = await (name === 'start' ? start('a') : retry())
      await turns()

      expect(state).toMatchObject({ status: 'aborted', abortReason: 'unmount' })
      expect(rendered.requests).toHaveLength(length)
      expect(rendered.finished.filter(({ status }) => status === 'aborted')).toHaveLength(1)
    },
  )

  test('prevents a later start from opening a source', async () => {
    let opened = 0
    const rendered = renderCompletion({
      source() {
        opened++
        return new ReadableStream()
      },
    })
    const { start } = rendered.current
    rendered.unmount()
    await start('a')
    await turns()
    expect(opened).toBe(0)
  })

  test('while another component with the same options runs aborts only its own run', async () => {
    const { fetch, requests } = createControlledFetch()
    const starts: ((input: string) => unknown)[] = []
    function One() {
      const { start } = useStreamingCompletion<string>({ url: '/', fetch })
      useEffect(() => void starts.push(start), [start])
      return null
    }
    const { rerender } = render([<One key="a" />, <One key="b" />])
    await step(() => {
      for (const start of starts) start('x')
    })
    rerender([<One key="b" />])
    await step()
    expect(requests.map(({ closedByClient }) => closedByClient)).toEqual([true, false])
  })
})

test('an effect that runs again, as after a fast refresh, restarts the run', async () => {
  let refresh!: () => void
  const rendered = renderCompletion(
    {},
    {
      useMore({ start, abort }) {
        const [version, setVersion] = useState(0)
        refresh = () => setVersion(version + 1)
        useEffect(() => {
          void start(`version ${version}`)
          return () => abort('refresh')
        }, [start, abort, version])
      },
    },
  )
  await step()
  await step(() => refresh())
  expect(rendered.requests.map(({ init, closedByClient }) => [init.body, closedByClient])).toEqual([
    ['{"input":"version 0"}', true],
    ['{"input":"version 1"}', false],
  ])
  expect(rendered.finished).toMatchObject([{ abortReason: 'refresh' }])
  await step(() => {
    rendered.requests[1]!.respond()
    rendered.requests[1]!.send(answer('Hello'))
  })
  expect(rendered.current).toMatchObject({ status: 'complete', text: 'Hello' })
})
