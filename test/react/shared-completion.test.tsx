import { render, screen } from '@testing-library/react'
import { createContext, Profiler, useContext, useEffect, useState } from 'react'
import { describe, expect, test, vi } from 'vitest'
import { createCompletion, type Completion } from '../../src/core.ts'
import { useCompletionState, useStreamingCompletion } from '../../src/index.ts'
import { createControlledFetch } from '../../src/testing.ts'
import { answer, textChunk } from '../client/support/chat.ts'
import { stubFrames } from '../client/support/stub-frames.ts'
import { failOnReactWarnings } from './support/react-checks.ts'
import { step } from './support/step.ts'

failOnReactWarnings()

function createShared() {
  const { fetch, requests } = createControlledFetch()
  const completion = createCompletion<string>({ url: '/', fetch })
  return { completion, requests }
}

function View({ completion, name }: { completion: Completion<string>; name: string }) {
  const { status, text, start } = useStreamingCompletion({ completion })
  return (
    <p data-testid={name} data-same={start === completion.start}>
      {status}: {text}
    </p>
  )
}

const shown = (name: string) => screen.getByTestId(name).textContent

describe('two components on one completion', () => {
  test('show the same snapshots', async () => {
    const frames = stubFrames()
    const { completion, requests } = createShared()
    render([
      <View key="a" name="a" completion={completion} />,
      <View key="b" name="b" completion={completion} />,
    ])
    await step(() => completion.start('x'))
    expect([shown('a'), shown('b')]).toEqual(['connecting: ', 'connecting: '])
    await step(() => {
      requests[0]!.respond()
      requests[0]!.send(textChunk('one'))
    })
    await step(() => requests[0]!.send(textChunk(' two')))
    expect([shown('a'), shown('b')]).toEqual(['streaming: one', 'streaming: one'])
    await step(() => frames.draw())
    expect([shown('a'), shown('b')]).toEqual(['streaming: one two', 'streaming: one two'])
    expect(requests).toHaveLength(1)
  })

  test('have the controls of the completion itself', () => {
    const { completion } = createShared()
    render(<View name="a" completion={completion} />)
    expect(screen.getByTestId('a').dataset['same']).toBe('true')
  })

  test('unmounting one component, or the last one, aborts nothing', async () => {
    const { completion, requests } = createShared()
    const { rerender, unmount } = render([
      <View key="a" name="a" completion={completion} />,
      <View key="b" name="b" completion={completion} />,
    ])
    await step(() => completion.start('x'))
    rerender([<View key="b" name="b" completion={completion} />])
    await step(() => {
      requests[0]!.respond()
      requests[0]!.send(textChunk('one'))
    })
    expect(shown('b')).toBe('streaming: one')
    unmount()
    await step(() => requests[0]!.send(answer(' two')))
    expect(completion.getState()).toMatchObject({ status: 'complete', text: 'one two' })
  })

  test('a component that mounts in the middle of a run shows its state immediately', async () => {
    const { completion, requests } = createShared()
    await step(() => completion.start('x'))
    await step(() => {
      requests[0]!.respond()
      requests[0]!.send(textChunk('one'))
    })
    render(<View name="a" completion={completion} />)
    expect(shown('a')).toBe('streaming: one')
  })

  test('a start in an effect of the mount, before the subscription, is not missed', async () => {
    const { completion } = createShared()
    function Starter() {
      useEffect(() => {
        void completion.start('x')
      }, [])
      return null
    }
    // The effects of children run first: the run has begun when the parent subscribes.
    function Parent() {
      const { status } = useStreamingCompletion({ completion })
      return (
        <>
          <p data-testid="a">{status}</p>
          <Starter />
        </>
      )
    }
    render(<Parent />)
    await step()
    expect(shown('a')).toBe('connecting')
    await step(() => completion.reset())
  })
})

test('a component that unmounts or switches unsubscribes from the completion', async () => {
  function counted() {
    const { completion } = createShared()
    let listeners = 0
    return {
      completion: {
        ...completion,
        subscribe(listener: () => void) {
          const unsubscribe = completion.subscribe(listener)
          listeners++
          return () => {
            listeners--
            unsubscribe()
          }
        },
      },
      listeners: () => listeners,
    }
  }
  const first = counted()
  const second = counted()
  const { rerender, unmount } = render(<View name="a" completion={first.completion} />)
  expect([first.listeners(), second.listeners()]).toEqual([1, 0])
  rerender(<View name="a" completion={second.completion} />)
  expect([first.listeners(), second.listeners()]).toEqual([0, 1])
  unmount()
  expect([first.listeners(), second.listeners()]).toEqual([0, 0])
})

describe('switching the completion option', () => {
  test("shows the other's state in the same render, never the old one's", async () => {
    const first = createShared()
    const second = createShared()
    for (const [{ completion, requests }, text] of [
      [first, 'of the first'],
      [second, 'of the second'],
    ] as const) {
      await step(() => completion.start('x'))
      await step(() => {
        requests[0]!.respond()
        requests[0]!.send(answer(text))
      })
    }
    const seen: [boolean, string][] = []
    function Watched({ completion }: { completion: Completion<string> }) {
      const { text } = useStreamingCompletion({ completion })
      seen.push([completion === second.completion, text])
      return null
    }
    const { rerender } = render(<Watched completion={first.completion} />)
    rerender(<Watched completion={second.completion} />)
    await step()
    expect(new Set(seen.map(([isSecond, text]) => `${isSecond} ${text}`))).toEqual(
      new Set(['false of the first', 'true of the second']),
    )
  })

  test('follows the other one and no longer the old one', async () => {
    const first = createShared()
    const second = createShared()
    const { rerender } = render(<View name="a" completion={first.completion} />)
    rerender(<View name="a" completion={second.completion} />)
    await step(() => first.completion.start('x'))
    expect(shown('a')).toBe('idle: ')
    await step(() => second.completion.start('x'))
    expect(shown('a')).toBe('connecting: ')
    await step(() => first.completion.reset())
    await step(() => second.completion.reset())
  })
})

describe('a component that switches from its own completion to a shared one', () => {
  test('aborts the run that it no longer shows, and its callbacks are called', async () => {
    const { fetch, requests } = createControlledFetch()
    const { completion } = createShared()
    const onFinish = vi.fn()
    function Turning({ shared }: { shared?: Completion<string> }) {
      const own = { url: '/', fetch, onFinish }
      const { start } = useStreamingCompletion<string>(shared ? { completion: shared } : own)
      return <button onClick={() => void start('x')}>Start</button>
    }
    const { rerender } = render(<Turning />)
    await step(() => screen.getByRole('button').click())
    await step(() => {
      requests[0]!.respond()
      requests[0]!.send(textChunk('one'))
    })
    rerender(<Turning shared={completion} />)
    await step()
    expect(requests[0]!.closedByClient).toBe(true)
    expect(onFinish).toHaveBeenCalledOnce()
    expect(onFinish).toHaveBeenCalledWith(
      expect.objectContaining({ status: 'aborted', abortReason: 'superseded', text: 'one' }),
    )
  })
})

test('the components that display a completion from context render in one commit per frame', async () => {
  const frames = stubFrames()
  const { fetch, requests } = createControlledFetch()
  const Answer = createContext<Completion<string> | undefined>(undefined)
  let commits = 0

  function Provider({ children }: { children: React.ReactNode }) {
    const [completion] = useState(() => createCompletion<string>({ url: '/', fetch }))
    return <Answer.Provider value={completion}>{children}</Answer.Provider>
  }
  function Form() {
    const { start } = useContext(Answer)!
    return <button onClick={() => void start('x')}>Start</button>
  }
  function Text() {
    return <i>{useCompletionState(useContext(Answer)!, (state) => state.text)}</i>
  }
  function Whole() {
    return <i>{useStreamingCompletion({ completion: useContext(Answer)! }).text}</i>
  }
  const { container } = render(
    <Profiler id="page" onRender={() => commits++}>
      <Provider>
        <Form />
        {Array.from({ length: 20 }, (_, index) =>
          index % 2 ? <Text key={index} /> : <Whole key={index} />,
        )}
      </Provider>
    </Profiler>,
  )
  await step(() => screen.getByRole('button').click())
  await step(() => {
    requests[0]!.respond()
    requests[0]!.send(textChunk('one'))
  })
  commits = 0
  for (let frame = 1; frame <= 3; frame++) {
    for (let delta = 0; delta < 10; delta++) {
      await step(() => requests[0]!.send(textChunk('.')))
    }
    expect(commits).toBe(frame - 1)
    await step(() => frames.draw())
    expect(commits).toBe(frame)
    const texts = [...container.querySelectorAll('i')].map((element) => element.textContent)
    expect(new Set(texts)).toEqual(new Set([`one${'.'.repeat(10 * frame)}`]))
  }
})
