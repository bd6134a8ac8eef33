import { render, screen } from '@testing-library/react'
import { startTransition, useEffect, useLayoutEffect } from 'react'
import { describe, expect, test, vi } from 'vitest'
import {
  createCompletion,
  isRunning,
  type Completion,
  type CompletionState,
} from '../../src/core.ts'
import { useCompletionState } from '../../src/index.ts'
import { createControlledFetch } from '../../src/testing.ts'
import { answer, doneMarker, textChunk } from '../client/support/chat.ts'
import { failOnReactWarnings } from './support/react-checks.ts'
import { step } from './support/step.ts'

failOnReactWarnings()

function createShared() {
  const { fetch, requests } = createControlledFetch()
  const completion = createCompletion<string>({ url: '/', fetch, publish: 'sync' })
  return {
    completion,
    start: () => step(() => completion.start('x')),
    answer: (piece: object | string) =>
      step(() => {
        requests.at(-1)!.respond()
        requests.at(-1)!.send(piece)
      }),
    send: (...pieces: (object | string)[]) =>
      step(() => {
        for (const piece of pieces) requests.at(-1)!.send(piece)
      }),
  }
}

const statusOf = (state: CompletionState) => state.status
const textOf = (state: CompletionState) => state.text

/** Shows what it selects, and notes every render. */
function Selected<T>({
  completion,
  select,
  isEqual,
  seen,
}: {
  completion: Completion<string>
  select: (state: CompletionState) => T
  isEqual?: (a: T, b: T) => boolean
  seen: T[]
}) {
  // Inline, so another function in every render.
  const selected = useCompletionState(completion, (state) => select(state), isEqual)
  seen.push(selected)
  return <p data-testid="selected">{JSON.stringify(selected)}</p>
}

const shown = () => JSON.parse(screen.getByTestId('selected').textContent) as unknown

describe('a component that selects a part of the state', () => {
  test('renders only when the status changes, however much text arrives', async () => {
    const { completion, start, answer: respond, send } = createShared()
    const seen: string[] = []
    render(<Selected completion={completion} select={statusOf} seen={seen} />)
    await start()
    await respond(textChunk('0'))
    for (let delta = 1; delta <= 50; delta++) await send(textChunk(`${delta}`))
    await send(doneMarker)
    expect(completion.getState().text).toHaveLength(92)
    expect(seen).toEqual(['idle', 'connecting', 'streaming', 'complete'])
  })

  test('renders for every change of its part', async () => {
    const { completion, start, answer: respond, send } = createShared()
    const seen: string[] = []
    render(<Selected completion={completion} select={textOf} seen={seen} />)
    await start()
    await respond(textChunk('a'))
    await send(textChunk('b'))
    await send(textChunk('c'))
    expect(seen).toEqual(['', 'a', 'ab', 'abc'])
    await step(() => completion.reset())
    expect(shown()).toBe('')
  })

  test('keeps the previous object if the new one is equal', async () => {
    const { completion, start, answer: respond, send } = createShared()
    const seen: { busy: boolean }[] = []
    const { rerender } = render(
      <Selected
        completion={completion}
        select={({ status }) => ({ busy: isRunning({ status }) })}
        isEqual={(a, b) => a.busy === b.busy}
        seen={seen}
      />,
    )
    await start()
    await respond(textChunk('a'))
    await send(textChunk('b'))
    expect(seen).toEqual([{ busy: false }, { busy: true }])
    rerender(
      <Selected
        completion={completion}
        select={({ status }) => ({ busy: status !== 'complete' })}
        isEqual={(a, b) => a.busy === b.busy}
        seen={seen}
      />,
    )
    expect(seen).toHaveLength(3)
    expect(seen[2]).toBe(seen[1])
  })

  test('renders once per publish if the selector creates a new object each time', async () => {
    const { completion, start, answer: respond, send } = createShared()
    const seen: object[] = []
    render(<Selected completion={completion} select={({ text }) => ({ text })} seen={seen} />)
    await start()
    await respond(textChunk('a'))
    const count = seen.length
    await send(textChunk('b'))
    expect(seen).toHaveLength(count + 1)
    expect(shown()).toEqual({ text: 'ab' })
  })

  test('shows the result of a new selector before the next paint, and follows it', async () => {
    const { completion, start, answer: respond, send } = createShared()
    const painted: string[] = []
    function Switching({ select }: { select: (state: CompletionState) => string }) {
      const selected = useCompletionState(completion, select)
      useEffect(() => {
        painted.push(selected)
      })
      return <p data-testid="selected">{JSON.stringify(selected)}</p>
    }
    const { rerender } = render(<Switching select={statusOf} />)
    await start()
    await respond(textChunk('one'))
    // The selected part no longer changes, so its own state stays at this point.
    await send(textChunk(' two'))
    painted.length = 0
    rerender(<Switching select={textOf} />)
    expect(shown()).toBe('one two')
    expect(painted.at(-1)).toBe('one two')
    await send(textChunk(' three'))
    expect(shown()).toBe('one two three')
    rerender(<Switching select={statusOf} />)
    expect(shown()).toBe('streaming')
    await send(doneMarker)
    expect(shown()).toBe('complete')
  })
})

describe('between the render and the subscription', () => {
  test.each([
    ['useLayoutEffect', useLayoutEffect],
    ['useEffect', useEffect],
  ])('a change in %s of a child is not missed', async (_, useAnyEffect) => {
    const { completion } = createShared()
    function Child() {
      useAnyEffect(() => {
        void completion.start('x')
      }, [])
      return null
    }
    function Parent() {
      const status = useCompletionState(completion, statusOf)
      return (
        <>
          <p data-testid="selected">{JSON.stringify(status)}</p>
          <Child />
        </>
      )
    }
    render(<Parent />)
    await step()
    expect(shown()).toBe('connecting')
    await step(() => completion.reset())
  })

  test('a component that mounts late shows the same state as the others', async () => {
    const { completion, start, answer: respond, send } = createShared()
    const torn: string[][] = []
    function Late() {
      return <b>{useCompletionState(completion, textOf)}</b>
    }
    function Page({ isShown }: { isShown: boolean }) {
      const text = useCompletionState(completion, textOf)
      return (
        <p>
          <i>{text}</i>
          {isShown && <Late />}
        </p>
      )
    }
    const { container, rerender } = render(<Page isShown={false} />)
    await start()
    await respond(textChunk('one'))
    const note = () => {
      const texts = [...container.querySelectorAll('i, b')].map((element) => element.textContent)
      if (new Set(texts).size > 1) torn.push(texts)
    }
    const observer = new MutationObserver(note)
    observer.observe(container, { subtree: true, childList: true, characterData: true })
    await step(() => startTransition(() => rerender(<Page isShown />)))
    for (let delta = 0; delta < 5; delta++) await send(textChunk('.'))
    observer.disconnect()
    expect(container.querySelector('b')?.textContent).toBe('one.....')
    expect(torn).toEqual([])
  })
})

describe('another completion', () => {
  test('is shown in the same render and followed from then on; the old one is not', async () => {
    const first = createShared()
    const second = createShared()
    await first.start()
    await first.answer(textChunk('first'))
    await second.start()
    await second.answer(textChunk('second'))
    const seen: string[] = []
    const { rerender } = render(
      <Selected completion={first.completion} select={textOf} seen={seen} />,
    )
    rerender(<Selected completion={second.completion} select={textOf} seen={seen} />)
    expect([...new Set(seen)]).toEqual(['first', 'second'])
    await first.send(textChunk(' late'))
    expect(shown()).toBe('second')
    await second.send(textChunk(' more'))
    expect(shown()).toBe('second more')
    await step(() => first.completion.reset())
    expect(shown()).toBe('second more')
  })

  test('whose part is the same at first is followed too', async () => {
    const first = createShared()
    const second = createShared()
    const seen: string[] = []
    const { rerender } = render(
      <Selected completion={first.completion} select={textOf} seen={seen} />,
    )
    rerender(<Selected completion={second.completion} select={textOf} seen={seen} />)
    await second.start()
    await second.answer(textChunk('second'))
    expect(shown()).toBe('second')
  })
})

test('keeps running when a component that selects from it unmounts', async () => {
  const { completion, start, answer: respond, send } = createShared()
  const { unmount } = render(<Selected completion={completion} select={statusOf} seen={[]} />)
  await start()
  unmount()
  await respond(answer('Hello'))
  await send()
  expect(completion.getState()).toMatchObject({ status: 'complete', text: 'Hello' })
})

test('a component that unmounts unsubscribes', () => {
  const { completion } = createShared()
  const unsubscribe = vi.fn()
  const subscribe = vi.fn(() => unsubscribe)
  const { rerender, unmount } = render(
    <Selected completion={{ ...completion, subscribe }} select={statusOf} seen={[]} />,
  )
  expect(subscribe).toHaveBeenCalledOnce()
  rerender(<Selected completion={completion} select={statusOf} seen={[]} />)
  expect(unsubscribe).toHaveBeenCalledOnce()
  unmount()
  expect(unsubscribe).toHaveBeenCalledOnce()
})
