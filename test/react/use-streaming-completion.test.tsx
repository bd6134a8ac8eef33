import { act, fireEvent, render, screen } from '@testing-library/react'
import { describe, expect, test } from 'vitest'
import { useStreamingCompletion } from '../../src/index.ts'
import { createControlledFetch } from '../../src/testing.ts'
import { answer, bodyOf, doneMarker, finishChunk, textChunk } from '../client/support/chat.ts'
import { stubFrames } from '../client/support/stub-frames.ts'
import { failOnReactWarnings } from './support/react-checks.ts'
import { renderCompletion } from './support/render-completion.tsx'
import { step } from './support/step.ts'

failOnReactWarnings()

describe('a run in a component', () => {
  test('starts nothing by itself', async () => {
    const rendered = renderCompletion()
    await step()
    rendered.rerender()
    await step()
    expect(rendered.current).toMatchObject({ status: 'idle', text: '', attempt: 0 })
    expect(rendered.requests).toHaveLength(0)
  })

  test('goes from idle through connecting and streaming to complete', async () => {
    const rendered = renderCompletion({ publish: 'sync' })
    await step(() => rendered.current.start('Hi'))
    expect(screen.getByText('connecting:')).toBeDefined()
    await step(() => rendered.requests[0]!.respond())
    await step(() => rendered.requests[0]!.send(textChunk('Hel')))
    expect(screen.getByText('streaming: Hel')).toBeDefined()
    await step(() => rendered.requests[0]!.send(bodyOf(textChunk('lo'), finishChunk(), doneMarker)))
    expect(screen.getByText('complete: Hello')).toBeDefined()
    expect(rendered.current).toMatchObject({ finishReason: 'stop', error: undefined })
    expect(rendered.finished).toHaveLength(1)
  })

  test('shows an error, with the text that had arrived', async () => {
    const rendered = renderCompletion()
    await step(() => rendered.current.start('Hi'))
    await step(() => {
      rendered.requests[0]!.respond()
      rendered.requests[0]!.send(textChunk('Hel'))
      rendered.requests[0]!.end()
    })
    expect(rendered.current).toMatchObject({
      status: 'error',
      text: 'Hel',
      error: { kind: 'truncated' },
    })
  })

  test('start, abort, retry and reset control the run', async () => {
    const rendered = renderCompletion()
    await step(() => rendered.current.start('Hi'))
    await step(() => rendered.current.abort('enough'))
    expect(rendered.current).toMatchObject({ status: 'aborted', abortReason: 'enough' })
    await step(() => rendered.current.retry())
    expect(rendered.current.status).toBe('connecting')
    await step(() => rendered.current.reset())
    expect(rendered.current.status).toBe('idle')
    expect(rendered.requests.map(({ init }) => init.body)).toEqual([
      '{"input":"Hi"}',
      '{"input":"Hi"}',
    ])
  })

  test('resolves start with the state that the component shows', async () => {
    const rendered = renderCompletion()
    let result: unknown
    await step(() => rendered.current.start('Hi').then((state) => (result = state)))
    await step(() => {
      rendered.requests[0]!.respond()
      rendered.requests[0]!.send(answer('Hello'))
    })
    expect(rendered.current).toMatchObject(result as object)
    expect(result).toMatchObject({ status: 'complete', text: 'Hello' })
  })
})

describe('in event handlers', () => {
  function Page({ fetch }: { fetch: ReturnType<typeof createControlledFetch>['fetch'] }) {
    const { text, status, abortReason, start, abort, reset } = useStreamingCompletion<string>({
      url: '/api/completion',
      fetch,
    })
    return (
      <>
        <output>
          {status}: {text} {String(abortReason)}
        </output>
        <button onClick={() => void start('Hi')}>Start</button>
        <button onClick={abort}>Abort</button>
        <button onClick={reset}>Reset</button>
        <button
          onClick={() => {
            abort()
            void start('b')
          }}
        >
          Restart
        </button>
      </>
    )
  }

  const shown = () => screen.getByRole('status').textContent
  const click = (name: string) => step(() => fireEvent.click(screen.getByText(name)))

  test('onClick={abort} aborts, and the event is not the reason', async () => {
    const { fetch, requests } = createControlledFetch()
    render(<Page fetch={fetch} />)
    await click('Start')
    await click('Abort')
    expect(shown()).toBe('aborted:  abort')
    expect(requests[0]!.closedByClient).toBe(true)
  })

  test('onClick={reset} resets', async () => {
    const { fetch } = createControlledFetch()
    render(<Page fetch={fetch} />)
    await click('Start')
    await click('Reset')
    expect(shown()).toBe('idle:  undefined')
  })

  test('abort and start in one handler: only the new run is displayed', async () => {
    const { fetch, requests } = createControlledFetch()
    render(<Page fetch={fetch} />)
    await click('Start')
    await step(() => {
      requests[0]!.respond()
      requests[0]!.send(textChunk('of a'))
    })
    expect(shown()).toContain('of a')
    await click('Restart')
    expect(shown()).toBe('connecting:  undefined')
    await step(() => requests[0]!.send(textChunk(', late')))
    await step(() => {
      requests[1]!.respond()
      requests[1]!.send(answer('of b'))
    })
    expect(shown()).toBe('complete: of b undefined')
  })
})

describe('commits', () => {
  test('are one for the first content, one per frame, and one for the end', async () => {
    const frames = stubFrames()
    const rendered = renderCompletion()
    await step(() => rendered.current.start('Hi'))
    await step(() => rendered.requests[0]!.respond())
    act(() => frames.draw())
    const before = rendered.commits
    await step(() => rendered.requests[0]!.send(textChunk('0')))
    expect(rendered.commits).toBe(before + 1)

    for (let frame = 0; frame < 5; frame++) {
      for (let delta = 0; delta < 10; delta++) {
        await step(() => rendered.requests[0]!.send(textChunk('.')))
      }
      act(() => frames.draw())
    }
    expect(rendered.commits).toBe(before + 6)

    await step(() => rendered.requests[0]!.send(bodyOf(textChunk('!'), finishChunk(), doneMarker)))
    expect(rendered.commits).toBe(before + 7)
    expect(rendered.current.text).toBe(`0${'.'.repeat(50)}!`)
  })

  test('are few for 10,000 deltas at once', async () => {
    stubFrames()
    const rendered = renderCompletion()
    let settled: Promise<unknown> | undefined
    await step(() => (settled = rendered.current.start('Hi')))
    const before = rendered.commits
    const deltas = Array.from({ length: 10_000 }, () => textChunk('.'))
    await act(async () => {
      rendered.requests[0]!.respond()
      rendered.requests[0]!.send(bodyOf(...deltas, finishChunk(), doneMarker))
      await settled
    })
    expect(rendered.current.text).toHaveLength(10_000)
    expect(rendered.commits - before).toBeLessThanOrEqual(4)
  })

  test('are none for events that change nothing', async () => {
    const rendered = renderCompletion({ publish: 'sync' })
    await step(() => rendered.current.start('Hi'))
    await step(() => {
      rendered.requests[0]!.respond()
      rendered.requests[0]!.send(textChunk('Hel'))
    })
    const before = rendered.commits
    await step(() => rendered.requests[0]!.send(': keep-alive\n\n'))
    await step(() => rendered.requests[0]!.send({ type: 'from.the.future' }))
    expect(rendered.commits).toBe(before)
  })

  test('a parent that renders between two frames shows the published text, not a newer one', async () => {
    stubFrames()
    const rendered = renderCompletion()
    await step(() => rendered.current.start('Hi'))
    await step(() => {
      rendered.requests[0]!.respond()
      rendered.requests[0]!.send(textChunk('one'))
    })
    await step(() => rendered.requests[0]!.send(textChunk(' two')))
    rendered.rerender()
    expect(rendered.current.text).toBe('one')
  })
})
