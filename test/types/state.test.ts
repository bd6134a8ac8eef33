import { expectTypeOf, test } from 'vitest'
import { createCompletion } from '../../src/core.ts'
import type {
  AbortedState,
  CompletionError,
  CompletionErrorKind,
  CompletionState,
  CompletionStatus,
  CompletionTiming,
  ErrorState,
  FinishReason,
  IdleState,
  SettledState,
  UseStreamingCompletionResult,
} from '../../src/index.ts'

const state = createCompletion({ url: '/' }).getState()

type StateOf<S extends CompletionStatus> = Extract<CompletionState, { status: S }>

test('the status is one of six', () => {
  expectTypeOf<CompletionStatus>().toEqualTypeOf<
    'idle' | 'connecting' | 'streaming' | 'complete' | 'aborted' | 'error'
  >()
})

test('error is set in the status error only', () => {
  expectTypeOf<StateOf<'error'>['error']>().toEqualTypeOf<CompletionError>()
  expectTypeOf<StateOf<Exclude<CompletionStatus, 'error'>>['error']>().toEqualTypeOf<undefined>()
  expectTypeOf<CompletionState['error']>().toEqualTypeOf<CompletionError | undefined>()
  if (state.status === 'error') expectTypeOf(state.error.kind).toEqualTypeOf<CompletionErrorKind>()
  // @ts-expect-error before the status is known there may be none
  const kindOf = (any: CompletionState) => any.error.kind
  expectTypeOf(kindOf).toBeFunction()
})

test('a defined error narrows the status', () => {
  if (state.error) expectTypeOf(state.status).toEqualTypeOf<'error'>()
})

test('abortReason is set in the status aborted only', () => {
  expectTypeOf<StateOf<'aborted'>['abortReason']>().toEqualTypeOf<unknown>()
  expectTypeOf<
    StateOf<Exclude<CompletionStatus, 'aborted'>>['abortReason']
  >().toEqualTypeOf<undefined>()
})

test('timing is set in every status except idle', () => {
  expectTypeOf<IdleState['timing']>().toEqualTypeOf<undefined>()
  expectTypeOf<
    StateOf<Exclude<CompletionStatus, 'idle'>>['timing']
  >().toEqualTypeOf<CompletionTiming>()
  expectTypeOf<IdleState['attempt']>().toEqualTypeOf<0>()
})

test('the content exists in every status', () => {
  expectTypeOf<CompletionState['text']>().toEqualTypeOf<string>()
  expectTypeOf<CompletionState['reasoning']>().toEqualTypeOf<string>()
  expectTypeOf<CompletionState['refusal']>().toEqualTypeOf<string>()
  expectTypeOf<CompletionState['finishReason']>().toEqualTypeOf<FinishReason | undefined>()
})

test('a settled state is complete, aborted or error', () => {
  expectTypeOf<SettledState['status']>().toEqualTypeOf<'complete' | 'aborted' | 'error'>()
})

test('a switch over the status can be checked for exhaustiveness', () => {
  const wordOf = (settled: SettledState): string => {
    switch (settled.status) {
      case 'complete':
        return settled.text
      case 'aborted':
        return String(settled.abortReason)
      case 'error':
        return settled.error.message
    }
  }
  expectTypeOf(wordOf).returns.toEqualTypeOf<string>()
})

test('every field of a state is read-only', () => {
  const write = (written: SettledState) => {
    // @ts-expect-error a snapshot is immutable
    written.text = ''
    // @ts-expect-error its lists are, too
    written.output = []
    // @ts-expect-error and what is in them
    written.toolCalls[0] = undefined
    // @ts-expect-error and its times
    written.timing.settledAt = 0
  }
  expectTypeOf(write).toBeFunction()
})

test('the result of the hook narrows by status, like the state', () => {
  const narrow = (result: UseStreamingCompletionResult) => {
    if (result.status === 'error') expectTypeOf(result.error).toEqualTypeOf<CompletionError>()
    if (result.status === 'complete') expectTypeOf(result.error).toEqualTypeOf<undefined>()
    expectTypeOf(result.abort).toEqualTypeOf<(reason?: unknown) => void>()
  }
  expectTypeOf(narrow).toBeFunction()
})

test('the members of the union are exported by name', () => {
  expectTypeOf<StateOf<'aborted'>>().toEqualTypeOf<AbortedState>()
  expectTypeOf<StateOf<'error'>>().toEqualTypeOf<ErrorState>()
  expectTypeOf<StateOf<'idle'>>().toEqualTypeOf<IdleState>()
})
