import { keepIdentity } from '../completion/merge.ts'
import { isRunning } from '../completion/state.ts'
import { createListeners } from '../publishing/listeners.ts'
import { denied } from '../tools/call-tool.ts'
import type { ToolResult } from '../tools/tool-result.ts'
import { Answering } from './answering.ts'
import type { Conversation, ConversationOptions, ConversationState } from './conversation.ts'
import { readDocument, writeDocument, type QueuedInput } from './document.ts'
import { refuseUiEvent } from '../client/ui-event.ts'
import { createId, TurnTree } from './turn-tree.ts'
import { inputText, type UserInput } from './user-input.ts'

/**
 * Creates a conversation: turns over one completion, which it starts for each answer. `useConversation` uses
 * it. Call it yourself to share a conversation between components or to use it without React. It sends
 * nothing until `send` is called.
 *
 * @throws TypeError if a tool's schema cannot be converted to JSON Schema, or if `initial` is not a
 *   conversation
 */
export function createConversation<Input = UserInput, Request = unknown, Inputs = unknown>(
  initialOptions: ConversationOptions<Input, Request, Inputs>,
): Conversation<Input, Request, Inputs> {
  let options = initialOptions
  const tree = new TurnTree<Input>()
  let queue: readonly QueuedInput<Input>[] = []
  let state!: ConversationState<Input>
  let waiting: ((state: ConversationState<Input>) => void)[] = []
  const { subscribe, notify } = createListeners()
  const answering = new Answering<Input, Request, Inputs>({
    tree,
    options: () => options,
    publish,
    onEnd: askNext,
  })

  const { initial } = options
  if (initial !== undefined && initial !== null) {
    const document = readDocument<Input>(initial)
    for (const { turn, parent, isShown } of document.turns) {
      tree.add(parent, turn, turn.id, isShown)
    }
    queue = document.queue
  }
  publish()
  const initialState = state

  function lastId(): string | undefined {
    return tree.path().at(-1)?.id
  }

  function approvals(): readonly ToolResult[] {
    const results = tree.answer(lastId())?.results ?? []
    return results.filter(({ status }) => status === 'approval')
  }

  function isBusy(): boolean {
    return answering.turn !== undefined || approvals().length > 0
  }

  function statusNow(): ConversationState['status'] {
    if (answering.turn !== undefined) {
      const turn = tree.answer(answering.turn)
      return turn && isRunning(turn) ? turn.status : 'tools'
    }
    const last = tree.answer(lastId())
    if (!last) return 'idle'
    if (approvals().length > 0) return 'approval'
    return last.results.some(({ status }) => status === 'aborted') ? 'aborted' : last.status
  }

  function publish() {
    state = {
      turns: tree.path(),
      status: statusNow(),
      isBusy: isBusy(),
      approvals: keepIdentity((state as typeof state | undefined)?.approvals ?? [], approvals()),
      queue,
    }
    notify()
    // Later, as the next of the queue may start in the same tick.
    queueMicrotask(() => {
      if (answering.turn !== undefined) return
      const resolved = waiting
      waiting = []
      for (const resolve of resolved) resolve(state)
    })
  }

  /** Adds a question after a turn, and asks for its answer. */
  function ask(parent: string | undefined, input: Input, id?: string) {
    const turn = tree.add(parent, { role: 'user', input, text: inputText(input) }, id)
    tree.select(turn)
    answering.answer(turn)
  }

  /** Asks what waits, if nothing is under way. */
  function askNext() {
    const [next, ...rest] = queue
    if (!next || isBusy()) return
    queue = rest
    ask(lastId(), next.input, next.id)
  }

  /** Ends what is under way, and answers the calls that wait for the user. */
  function interrupt(reason: unknown) {
    answering.end(reason)
    answering.stopCalls(lastId())
  }

  return {
    send(input) {
      refuseUiEvent(input, 'send')
      const { whenBusy } = options
      if (queue.length > 0 || (whenBusy === 'queue' && isBusy())) {
        queue = [...queue, { id: createId(), input }]
        if (isBusy()) publish()
        else askNext()
      } else if (whenBusy !== 'drop' || !isBusy()) {
        interrupt('superseded')
        ask(lastId(), input)
      }
    },
    stop(reason) {
      if (!isBusy()) return
      interrupt(reason)
      publish()
    },
    regenerate(turn) {
      const id = idOf(turn) ?? lastId()
      const parent = tree.answer(id) ? tree.parentOf(id as string) : tree.get(id)?.id
      if (parent === undefined) return
      answering.end('superseded')
      tree.select(parent)
      answering.answer(parent)
    },
    edit(turn, input) {
      const edited = tree.get(idOf(turn))
      if (edited?.role !== 'user') return
      answering.end('superseded')
      ask(tree.parentOf(edited.id), input)
    },
    select(turn) {
      const id = idOf(turn)
      if (!tree.get(id)) return
      tree.select(id as string)
      publish()
    },
    approve(approval, decision = true) {
      const turn = lastId()
      const { results = [] } = tree.answer(turn) ?? {}
      const index = results.findIndex(
        ({ id, status }) => status === 'approval' && id === idOf(approval),
      )
      const result = results[index]
      if (turn === undefined || !result) return
      const { approved, reason } =
        typeof decision === 'object' ? decision : { approved: decision, reason: undefined }
      if (!approved) answering.decide(turn, index, denied(reason))
      else if (result.type === 'approval')
        answering.decide(turn, index, { status: 'complete', output: true })
      else answering.decide(turn, index, { status: 'running', output: undefined })
    },
    remove(turn) {
      const id = idOf(turn)
      queue = queue.filter((queued) => queued.id !== id)
      if (tree.pathTo(answering.turn).some((each) => each.id === id)) answering.end('removed')
      if (id !== undefined) tree.remove(id)
      publish()
    },
    clear() {
      answering.end('cleared')
      tree.clear()
      queue = []
      publish()
    },
    restore: () => answering.restore(),
    toJSON: () => writeDocument(tree.all(), queue),
    getState: () => state,
    getInitialState: () => initialState,
    subscribe,
    setOptions(next) {
      options = next
      answering.reviewOptions()
    },
    settled: () =>
      answering.turn === undefined
        ? Promise.resolve(state)
        : new Promise((resolve) => waiting.push(resolve)),
  }
}

function idOf(turn: string | { readonly id: string } | undefined): string | undefined {
  return typeof turn === 'string' ? turn : turn?.id
}
