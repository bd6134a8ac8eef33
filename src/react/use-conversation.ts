import { useEffect, useInsertionEffect, useMemo, useState } from 'react'
import type {
  Conversation,
  ConversationControls,
  ConversationOptions,
  ConversationState,
} from '../conversation/conversation.ts'
import { createConversation } from '../conversation/create-conversation.ts'
import type { UserInput } from '../conversation/user-input.ts'
import { createLifetime } from './lifetime.ts'
import { useCompletionState } from './use-completion-state.ts'
import { useIsomorphicLayoutEffect } from './use-isomorphic-layout-effect.ts'

/** The options of {@link useConversation}: those of its own conversation, or a shared one. */
export type UseConversationOptions<Input = unknown, Request = unknown> =
  | (ConversationOptions<Input, Request> & { conversation?: undefined })
  | {
      /**
       * A conversation from `createConversation`, shared with other components. It has its own options,
       * and it keeps running when this component unmounts.
       */
      conversation: Conversation<Input, Request>
    }

/** What {@link useConversation} returns: the state and the controls. */
export type UseConversationResult<Input = unknown> = ConversationState<Input> &
  ConversationControls<Input>

/**
 * Keeps a conversation in a component. Nothing is sent until `send` is called. Unmounting aborts the answer
 * and its tools (`abortReason` is `'unmount'`) and discards the conversation. To keep it, save it with
 * `JSON.stringify`, or share one from `createConversation`. Hiding the component with `Activity` aborts the
 * answer and its tools too, but keeps the conversation.
 *
 * The component renders at most once per frame while text arrives. Only the streaming turn is a new object,
 * so a memoised row renders only for its own turn. The controls keep their identity, and options are read
 * when they are used, so nothing has to be memoised.
 *
 * @example
 * const { turns, isBusy, send, stop } = useConversation({ url: '/api/chat', api: chatConversation })
 */
export function useConversation<Input = UserInput, Request = unknown>(
  options: UseConversationOptions<Input, Request>,
): UseConversationResult<Input> {
  const shared = options.conversation
  const own = useOwnConversation(shared ? undefined : options)
  const conversation = shared ?? own
  useEffect(() => {
    if (shared) own.stop('superseded')
  }, [shared, own])
  const state = useCompletionState(conversation, wholeState<Input>)

  return useMemo(() => {
    const { getState, getInitialState, subscribe, setOptions, settled, restore, ...controls } =
      conversation
    return { ...state, ...controls }
  }, [state, conversation])
}

function wholeState<Input>(state: ConversationState<Input>): ConversationState<Input> {
  return state
}

function useOwnConversation<Input, Request>(
  options: ConversationOptions<Input, Request> | undefined,
): Conversation<Input, Request> {
  const [{ conversation, lifetime }] = useState(() => createOwned(options ?? unused))

  // As in useOwnCompletion: before any effect or handler of the app, and not undone by `Suspense`.
  useInsertionEffect(() => {
    if (options) conversation.setOptions(options)
    return lifetime.insert()
  })
  useIsomorphicLayoutEffect(lifetime.attach, [lifetime])
  useEffect(() => {
    lifetime.attach()
    conversation.restore()
    return lifetime.detach
  }, [lifetime, conversation])

  return conversation
}

/** The options of a component's own conversation while it shows a shared one. */
const unused = { url: '', api: () => undefined as never }

const starting = ['send', 'regenerate', 'edit', 'approve'] as const
type StartingControl = (typeof starting)[number]

function createOwned<Input, Request>(options: ConversationOptions<Input, Request>) {
  const conversation = createConversation(options)
  const { getState, stop } = conversation
  const lifetime = createLifetime(getState, () => {
    // A pending approval is not a run: it is still there when the component is shown again.
    if (getState().status !== 'approval') stop('unmount')
  })
  // After an unmount, a handler that was still waiting or a callback of the ended answer starts nothing: no
  // component would show or end it.
  const controls: Record<StartingControl, (...args: never[]) => void> = conversation
  for (const name of starting) controls[name] = lifetime.guard(controls[name], () => undefined)
  return { lifetime, conversation }
}
