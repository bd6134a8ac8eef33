import { act, render } from '@testing-library/react'
import { useState } from 'react'
import { beforeEach, describe, expect, inject, test, vi } from 'vitest'
import {
  useCompletion,
  useCompletionAnnouncer,
  useSmoothText,
  useStreamingCompletion,
  useTextBlocks,
  type Completion,
} from '../../src/index.ts'
import { createControlledFetch } from '../../src/testing.ts'
import { answer } from '../client/support/chat.ts'
import { callbacksOfOneFrame, stubFrames } from '../client/support/stub-frames.ts'
import '../support/mute-advice.ts'
import { hide, show, Tab } from './support/activity-tab.tsx'
import { latest } from './support/latest.ts'
import { step } from './support/step.ts'

beforeEach(() => {
  ;(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true
})

// React 18 has no Activity.
describe.skipIf(inject('reactMajor') < 19)('in an Activity', () => {
  test('smooth text stops its frames, catches up when it is shown, and then stops again', async () => {
    const frames = stubFrames()
    const setText = latest<(text: string) => void>()
    function Smooth({ text }: { text: string }) {
      return <p>{useSmoothText(text, { ended: true }).text}</p>
    }
    function App() {
      const [text, set] = useState('')
      setText.note(set)
      return (
        <Tab>
          <Smooth text={text} />
        </Tab>
      )
    }
    const { container } = render(<App />)
    await step(() => setText.current('One'))
    expect(frames.waiting).toBe(callbacksOfOneFrame)
    await hide()
    expect(frames.waiting).toBe(0)
    await step(() => setText.current('One two three'))
    expect(frames.waiting).toBe(0)

    await show()
    expect(frames.waiting).toBe(callbacksOfOneFrame)
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 300)
    act(() => frames.draw())
    expect(container.textContent).toBe('One two three')
    expect(frames.waiting).toBe(0)
    vi.restoreAllMocks()
  })

  test('text blocks continue with the existing blocks', async () => {
    const blocks: (readonly object[])[] = []
    const setText = latest<(text: string) => void>()
    function Blocks({ text }: { text: string }) {
      blocks.push(useTextBlocks(text))
      return null
    }
    function App() {
      const [text, set] = useState('One\n\nTwo\n\nThr')
      setText.note(set)
      return (
        <Tab>
          <Blocks text={text} />
        </Tab>
      )
    }
    render(<App />)
    await hide()
    await step(() => setText.current('One\n\nTwo\n\nThree\n\nFour'))
    await show()
    const [before, after] = [blocks[0]!, blocks.at(-1)!]
    expect(after).toHaveLength(4)
    expect(after[0]).toBe(before[0])
  })

  test('the announcer is silent while it is hidden, and then announces the outcome once', async () => {
    const { fetch, requests } = createControlledFetch()
    const owned = latest<Completion<string>>()
    const heard: string[] = []
    function Announced({ completion }: { completion: Completion<string> }) {
      const { polite } = useCompletionAnnouncer(useStreamingCompletion({ completion }))
      if (polite !== '' && polite !== heard.at(-1)) heard.push(polite)
      return <p role="status">{polite}</p>
    }
    function App() {
      const completion = owned.note(useCompletion<string>({ url: '/', fetch, publish: 'sync' }))
      return (
        <Tab>
          <Announced completion={completion} />
        </Tab>
      )
    }
    render(<App />)
    await step(() => owned.current.start('a'))
    expect(heard).toEqual(['Generating an answer.'])
    await hide()
    await step(() => {
      requests[0]!.respond()
      requests[0]!.send(answer('Hello'))
    })
    expect(heard).toEqual(['Generating an answer.'])
    await show()
    await hide()
    await show()
    expect(heard).toEqual(['Generating an answer.', 'The answer is complete.'])
  })
})
