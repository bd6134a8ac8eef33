/* eslint-disable @typescript-eslint/no-misused-promises -- what the compiler says is tested, and these are never called */
import type { MouseEventHandler, SubmitEventHandler, ReactNode } from 'react'
import { expectTypeOf, test } from 'vitest'
import { createConversation, responsesConversation } from '../../src/conversation.ts'
import { createCompletion } from '../../src/core.ts'
import {
  createCompletionRegistry,
  useCompletion,
  useStreamingCompletion,
  useStreamingObject,
  type CompletionInput,
} from '../../src/index.ts'

/** Checked, never run: a hook cannot be called here. */
function checked(check: (...values: never[]) => unknown) {
  expectTypeOf(check).toBeFunction()
}

test('start is not assignable to an event handler of React', () => {
  checked((): ReactNode => {
    const { start, abort, retry, reset } = useStreamingCompletion({ url: '/' })
    const { start: startObject } = useStreamingObject({ url: '/' })
    const { start: startText } = useStreamingCompletion<string>({ url: '/' })
    expectTypeOf(start).not.toExtend<MouseEventHandler>()
    expectTypeOf(start).not.toExtend<SubmitEventHandler<HTMLFormElement>>()
    return (
      <>
        {/* @ts-expect-error the event would be the input */}
        <button onClick={start} />
        {/* @ts-expect-error the event would be the input */}
        <form onSubmit={start} />
        {/* @ts-expect-error the event would be the input */}
        <button onClick={startObject} />
        {/* @ts-expect-error the event would be the input */}
        <button onClick={startText} />
        <button onClick={() => start('Hi')} />
        <button onClick={abort} />
        <button onClick={retry} />
        <button onClick={reset} />
      </>
    )
  })
})

test('start is not assignable to an event listener', () => {
  checked(() => {
    const completions = [
      createCompletion({ url: '/' }),
      useCompletion({ url: '/' }),
      createCompletionRegistry().get('key', { url: '/' }),
    ]
    for (const { start } of completions) {
      expectTypeOf(start).not.toExtend<(event: Event) => void>()
      // @ts-expect-error the event would be the input
      addEventListener('click', start)
    }
    const { send, stop } = createConversation({ url: '/', api: responsesConversation })
    expectTypeOf(send).not.toExtend<(event: Event) => void>()
    expectTypeOf(stop).toExtend<(event: Event) => void>()
  })
})

test('without a type argument, the input may be anything that can be sent', () => {
  interface Body {
    readonly model: string
  }
  class Message {
    readonly text = 'Hi'
    send() {}
  }
  checked((body: Body, object: object, record: Record<string, unknown>) => {
    const { start } = useStreamingCompletion({ url: '/' })
    expectTypeOf(start).parameter(0).toEqualTypeOf<CompletionInput>()
    return [
      start('Hi'),
      start({ model: 'gpt-5', input: 'Hi', stream: true }),
      start([{ role: 'user', content: 'Hi' }]),
      start(undefined),
      start(null),
      start(7),
      start(true),
      start(new FormData()),
      start(new Blob()),
      start(new Uint8Array()),
      start(new URLSearchParams()),
      start(new Message()),
      start(body),
      start(object),
      start(record),
      // @ts-expect-error an event is no input
      start(new Event('click')),
      // @ts-expect-error nothing to send
      start(),
    ]
  })
})
