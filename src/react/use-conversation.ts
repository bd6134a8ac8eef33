import { useEffect, useInsertionEffect, useMemo, useState } from 'react'
import type {
  Conversation,
  ConversationControls,
  ConversationOptions,
  ConversationState,
} from '../conversation/conversation.ts'
import { createConversation } from '../conversation/create-conversation.ts'
import type { UserInput } from '../conversation/user-input.ts'
import { useCompletionState } from './use-completion-state.ts'
import { useIsomorphicLayoutEffect } from './use-isomorphic-layout-effect.ts'

/** The options of {@link useConversation}: those of a conversation of its own, or a shared one. */
export type UseConversationOptions<Input = unknown, Request = unknown, Inputs = unknown> =
  | (ConversationOptions<Input, Request, Inputs> & { conversation?: undefined })
  | {
      /**
       * A conversation from `createConversation`, shared with other components. It has its own options,
       * and it goes on when this component unmounts.
       */
      conversation: Conversation<Input, Request, Inputs>
    }

/** What {@link useConversation} returns: the state and the controls. */
export type UseConversationResult<Input = unknown> = ConversationState<Input> &
  ConversationControls<Input>

/**
 * Keeps a conversation in a component. Nothing is sent until `send` is called. The unmount ends what is
 * under way, answer and tools (`abortReason` is `'unmount'`), and the conversation is gone with the
 * component: to keep it, save it with `JSON.stringify`, or share one from `createConversation`.
 *
 * The component renders at most once a frame while text arrives. Only the turn that streams is a new
 * object then, so a row in `memo` renders for its own turn alone. The controls keep their identity, and
 * the options are read when they are used, so neither needs a memo.
 *
 * @example
 * const { turns, isBusy, send, stop } = useConversation({ url: '/api/chat', api: chatConversation })
 */
export function useConversation<Input = UserInput, Request = unknown, Inputs = unknown>(
  options: UseConversationOptions<Input, Request, Inputs>,
): UseConversationResult<Input> {
  const shared = options.conversation
  const own = useOwnConversation(shared ? undefined : options)
  const conversation = shared ?? own
  useEffect(() => {
    if (shared) own.stop('superseded')
  }, [shared, own])
  const state = useCompletionState(conversation, wholeState<Input>)

  return useMemo(() => {
    const { send, stop, regenerate, edit, select, approve, remove, clear, toJSON } = conversation
    return { ...state, send, stop, regenerate, edit, select, approve, remove, clear, toJSON }
  }, [state, conversation])
}

function wholeState<Input>(state: ConversationState<Input>): ConversationState<Input> {
  return state
}

function useOwnConversation<Input, Request, Inputs>(
  options: ConversationOptions<Input, Request, Inputs> | undefined,
): Conversation<Input, Request, Inputs> {
  const [{ conversation, attach, detach }] = useState(() => createAttachable(options ?? unused))

  // As for a completion: before any effect or handler of the app, and not undone by `Suspense`.
  useInsertionEffect(() => {
    if (options) conversation.setOptions(options)
  })
  useIsomorphicLayoutEffect(attach, [attach])
  useEffect(() => {
    attach()
    return detach
  }, [attach, detach])

  return conversation
}

/** Of the own conversation of a component that shows a shared one. */
const unused = { api: () => undefined as never }

function createAttachable<Input, Request, Inputs>(
  options: ConversationOptions<Input, Request, Inputs>,
) {
  const conversation = createConversation(options)
  let isDetached = false
  /** Detached for longer than `StrictMode` and fast refresh take to mount again what they unmount. */
  let isGone = false

  // A handler that was still waiting, or a callback of the answer that the unmount ended: nothing is
  // started, as nobody would see it or end it.
  const unlessGone =
    <Args extends unknown[]>(control: (...args: Args) => void) =>
    (...args: Args) => {
      if (!isGone) control(...args)
    }
  const { send, regenerate, edit, approve } = conversation

  return {
    conversation: {
      ...conversation,
      send: unlessGone(send),
      regenerate: unlessGone(regenerate),
      edit: unlessGone(edit),
      approve: unlessGone(approve),
    },
    attach: () => {
      isDetached = isGone = false
    },
    detach: () => {
      isDetached = true
      // Looks a microtask later, before anything is sent.
      queueMicrotask(() => {
        isGone = isDetached
        if (isGone) conversation.stop('unmount')
      })
    },
  }
}
