import { render } from '@testing-library/react'
import { createContext, StrictMode, useContext } from 'react'
import { expect, test } from 'vitest'
import type { Completion, SettledState } from '../../src/core.ts'
import { useCompletion, useCompletionState, useStreamingCompletion } from '../../src/index.ts'
import { createControlledFetch } from '../../src/testing.ts'
import { answer, textChunk } from '../client/support/chat.ts'
import { turns } from '../client/support/turns.ts'
import { failOnReactWarnings } from './support/react-checks.ts'
import { step } from './support/step.ts'

failOnReactWarnings()

const Answer = createContext<Completion<string> | undefined>(undefined)

function Status() {
  return <i>{useCompletionState(useContext(Answer)!, ({ status }) => status)}</i>
}

function Text() {
  return <b>{useStreamingCompletion({ completion: useContext(Answer)! }).text}</b>
}

/** A provider whose children show its completion. Notes its own renders. */
function renderProvider({ isStrict = false } = {}) {
  const { fetch, requests } = createControlledFetch()
  const completions: Completion<string>[] = []
  const finished: [string, SettledState][] = []
  function Provider({ token }: { token: string }) {
    const completion = useCompletion<string>({
      url: '/',
      fetch,
      headers: { authorization: token },
      onFinish: (result) => finished.push([token, result]),
    })
    completions.push(completion)
    return (
      <Answer.Provider value={completion}>
        <Status />
        <Text />
      </Answer.Provider>
    )
  }
  const tree = (token: string) =>
    isStrict ? (
      <StrictMode>
        <Provider token={token} />
      </StrictMode>
    ) : (
      <Provider token={token} />
    )
  const { container, rerender, unmount } = render(tree('old'))
  return {
    requests,
    completions,
    finished,
    completion: () => completions.at(-1)!,
    shown: () => container.textContent,
    rerender: (token: string) => rerender(tree(token)),
    unmount,
  }
}

test.each([false, true])(
  'its children display it, and the component that owns it does not render for text (StrictMode: %s)',
  async (isStrict) => {
    const { completion, completions, requests, shown } = renderProvider({ isStrict })
    const { length } = completions
    await step(() => completion().start('a'))
    expect(shown()).toBe('connecting')
    await step(() => {
      requests[0]!.respond()
      requests[0]!.send(textChunk('Hel'))
    })
    expect(shown()).toBe('streamingHel')
    await step(() => requests[0]!.send(answer('lo')))
    expect(shown()).toBe('completeHello')
    expect(completions).toHaveLength(length)
    expect(requests).toHaveLength(1)
  },
)

test('the options of the latest render apply, and the completion keeps its identity', async () => {
  const { completion, completions, requests, finished, rerender } = renderProvider()
  const first = completion()
  rerender('new')
  await step(() => first.start('a'))
  expect(new Headers(requests[0]!.init.headers).get('authorization')).toBe('new')
  rerender('newest')
  await step(() => first.abort())
  expect(finished.map(([token]) => token)).toEqual(['newest'])
  expect(new Set(completions).size).toBe(1)
})

test('it ends with the component, and starts nothing afterwards', async () => {
  const { completion, requests, finished, unmount } = renderProvider()
  await step(() => completion().start('a'))
  unmount()
  await turns()
  expect(requests[0]!.closedByClient).toBe(true)
  expect(finished).toMatchObject([['old', { status: 'aborted', abortReason: 'unmount' }]])

  const { start, retry } = completion()
  expect(await start('b')).toMatchObject({ status: 'aborted', abortReason: 'unmount', text: '' })
  expect(await retry()).toMatchObject({ status: 'aborted', abortReason: 'unmount' })
  await turns()
  expect(requests).toHaveLength(1)
  expect(finished).toHaveLength(1)
})
