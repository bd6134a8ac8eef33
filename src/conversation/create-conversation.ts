import { refuseUiEvent } from '../client/ui-event.ts'
import { keepIdentity } from '../completion/merge.ts'
import { isRunning } from '../completion/state.ts'
import { createListeners } from '../publishing/listeners.ts'
import { denied, type ToolResult } from '../tools/tool-result.ts'
import { createAnswering } from './answering.ts'
import type {
  Conversation,
  ConversationOptions,
  ConversationState,
  Decision,
} from './conversation.ts'
import { readDocument, writeDocument } from './document.ts'
import { createId, createTurnTree } from './turn-tree.ts'
import { inputText, type UserInput } from './user-input.ts'

/**
 * Creates a conversation: turns over one completion, which it starts for each answer. `useConversation` uses
 * it. Call it yourself to share a conversation between components or to use it without React. It sends
 * nothing until `send` is called.
 *
 * @throws TypeError if a tool's schema cannot be converted to JSON Schema, or if `initial` is not a
 *   conversation
 */
export function createConversation<Input = UserInput, Request = unknown>(
  initialOptions: ConversationOptions<Input, Request>,
): Conversation<Input, Request> {
  let options = initialOptions
  const tree = createTurnTree<Input>()
  const answering = createAnswering({ tree, options: () => options, publish, onEnd: askNext })
  const { initial } = options
  let queue = initial == null ? [] : readDocument(initial, tree)
  const { subscribe, notify } = createListeners()
  let state: ConversationState<Input> = {
    turns: [],
    status: 'idle',
    isBusy: false,
    approvals: [],
    queue,
  }
  publish()
  const initialState = state

  function lastId(): string | undefined {
    return tree.path().at(-1)?.id
  }

  function publish() {
    const running = answering.turn()
    const { results = [] } = tree.answer(lastId()) ?? {}
    const approvals = results.filter(({ status }) => status === 'approval')
    state = {
      turns: tree.path(),
      status: statusWith(running, approvals),
      isBusy: running !== undefined || approvals.length > 0,
      approvals: keepIdentity(state.approvals, approvals),
      queue,
    }
    notify()
  }

  function statusWith(
    running: string | undefined,
    approvals: readonly ToolResult[],
  ): ConversationState['status'] {
    const turn = tree.answer(running ?? lastId())
    if (!turn) return 'idle'
    if (running !== undefined) return isRunning(turn) ? turn.status : 'tools'
    if (approvals.length > 0) return 'approval'
    return turn.results.some(({ status }) => status === 'aborted') ? 'aborted' : turn.status
  }

  /** Adds a question after a turn and requests its answer. */
  function ask(parent: string | undefined, input: Input, id?: string) {
    const turn = tree.add(parent, { role: 'user', input, text: inputText(input) }, id)
    tree.select(turn)
    answering.answer(turn)
  }

  /** Asks the next question of the queue, if nothing is running. */
  function askNext() {
    const [next, ...rest] = queue
    if (!next || state.isBusy) return
    queue = rest
    ask(lastId(), next.input, next.id)
  }

  /** Ends what is running and the calls that wait for the user. */
  function interrupt(reason: unknown) {
    answering.end(reason)
    answering.stopCalls(lastId())
  }

  return {
    send(input) {
      refuseUiEvent(input, 'send')
      const { whenBusy } = options
      const { isBusy } = state
      if (queue.length > 0 || (isBusy && whenBusy === 'queue')) {
        queue = [...queue, { id: createId(), input }]
        if (isBusy) publish()
        else askNext()
      } else if (!isBusy || whenBusy !== 'drop') {
        interrupt('superseded')
        ask(lastId(), input)
      }
    },
    stop(reason) {
      if (!state.isBusy) return
      interrupt(reason)
      publish()
    },
    regenerate(turn) {
      const id = idOf(turn) ?? lastId()
      const parent = tree.answer(id) ? tree.parentOf(id) : tree.get(id)?.id
      if (parent === undefined) return
      tree.select(parent)
      answering.answer(parent)
    },
    edit(turn, input) {
      const edited = tree.get(idOf(turn))
      if (edited?.role !== 'user') return
      ask(tree.parentOf(edited.id), input)
    },
    select(turn) {
      const id = tree.get(idOf(turn))?.id
      if (id === undefined) return
      tree.select(id)
      publish()
    },
    approve(approval, decision = true) {
      const turn = tree.answer(lastId())
      const waiting = state.approvals.find(({ id }) => id === idOf(approval))
      if (!turn || !waiting) return
      const { approved, reason }: Decision =
        typeof decision === 'object' ? decision : { approved: decision }
      answering.decide(
        turn.id,
        turn.results.indexOf(waiting),
        !approved
          ? denied(reason)
          : waiting.type === 'approval'
            ? { status: 'complete', output: true }
            : { status: 'running', output: undefined },
      )
    },
    remove(turn) {
      const id = idOf(turn) ?? ''
      queue = queue.filter((queued) => queued.id !== id)
      if (tree.pathTo(answering.turn()).some((each) => each.id === id)) answering.end('removed')
      tree.remove(id)
      publish()
    },
    clear() {
      answering.end('cleared')
      tree.clear()
      queue = []
      publish()
    },
    restore: answering.restore,
    toJSON: () => writeDocument(tree, queue),
    getState: () => state,
    getInitialState: () => initialState,
    subscribe,
    setOptions(next) {
      options = next
      answering.reviewOptions()
    },
    settled: () =>
      new Promise((resolve) => {
        // In a microtask, because the next question of the queue may start in the same tick.
        const look = () =>
          queueMicrotask(() => {
            if (answering.turn() !== undefined) return
            unsubscribe()
            resolve(state)
          })
        const unsubscribe = subscribe(look)
        look()
      }),
  }
}

function idOf(turn: string | { readonly id: string } | undefined): string | undefined {
  return typeof turn === 'string' ? turn : turn?.id
}
