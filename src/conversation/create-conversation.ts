import { createCompletion } from '../client/create-completion.ts'
import { keepIdentity } from '../completion/merge.ts'
import { isRunning, type SettledState } from '../completion/state.ts'
import { callApp } from '../publishing/call-app.ts'
import { connectionFailed } from '../errors/network.ts'
import type { CompletionOptions } from '../run/options.ts'
import { callTool, denied, stopped, type CallOutcome } from '../tools/call-tool.ts'
import { describeTools } from '../tools/describe-tools.ts'
import type { AnyTools } from '../tools/tool.ts'
import type { ToolResult } from '../tools/tool-result.ts'
import { completedCalls, pendingResults } from './answer-calls.ts'
import type { Conversation, ConversationOptions, ConversationState } from './conversation.ts'
import { readDocument, writeDocument, type QueuedInput } from './document.ts'
import { startedState } from './started-state.ts'
import { createId, TurnTree } from './turn-tree.ts'
import type { AssistantTurn } from './turn.ts'
import { inputText, type UserInput } from './user-input.ts'

/** What is under way: an answer, or its tools, and all that follows from them. */
interface Activity {
  readonly turn: string
  /** One for the requests and the tools of a question. */
  readonly controller: AbortController
}

const noResults: readonly ToolResult[] = []

/**
 * Creates a conversation: turns over one completion, which it starts for each answer. It is what
 * `useConversation` uses, to share between components or to use without React. It opens nothing until
 * `send` is called.
 *
 * @throws TypeError for tools that cannot be described to the model, and for an `initial` that is no
 *   conversation
 */
export function createConversation<Input = UserInput, Request = unknown, Inputs = unknown>(
  initialOptions: ConversationOptions<Input, Request, Inputs>,
): Conversation<Input, Request, Inputs> {
  let options = initialOptions
  const tree = new TurnTree<Input>()
  let queue: readonly QueuedInput<Input>[] = []
  let activity: Activity | undefined
  let state!: ConversationState<Input>
  /** The turns of settled states, for the callbacks. */
  const settledTurns = new WeakMap<SettledState, AssistantTurn>()
  let waiting: ((state: ConversationState<Input>) => void)[] = []
  const subscriptions = new Set<{ listener: () => void }>()

  describedTools()
  if (options.initial !== undefined && options.initial !== null) {
    const document = readDocument<Input>(options.initial)
    for (const { turn, parent, isShown } of document.turns) {
      tree.add(parent, turn, turn.id, isShown)
    }
    queue = document.queue
  }
  const completion = createCompletion(completionOptions())
  completion.subscribe(() => {
    const answered = completion.getState()
    if (!activity || answered.status === 'idle') return
    if (isRunning(answered)) {
      tree.update(activity.turn, answered)
      publish()
    } else {
      settle(answered as SettledState)
    }
  })
  publish()
  const initialState = state

  function completionOptions(): CompletionOptions<Request> {
    return { ...options, onError: undefined, onFinish: callBack, keepPreviousText: false }
  }

  function tools(): AnyTools | undefined {
    return options.tools as AnyTools | undefined
  }

  function describedTools() {
    const offered = tools()
    return offered ? describeTools(offered) : []
  }

  function answerOf(id: string | undefined): AssistantTurn | undefined {
    const turn = tree.get(id)
    return turn?.role === 'assistant' ? turn : undefined
  }

  function lastId(): string | undefined {
    return tree.path().at(-1)?.id
  }

  function approvals(): readonly ToolResult[] {
    const results = answerOf(lastId())?.results ?? noResults
    return results.filter(({ status }) => status === 'approval')
  }

  function isBusy(): boolean {
    return activity !== undefined || approvals().length > 0
  }

  function statusNow(): ConversationState['status'] {
    if (activity) {
      const turn = answerOf(activity.turn)
      return turn && isRunning(turn) ? turn.status : 'tools'
    }
    const last = answerOf(lastId())
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
    for (const subscription of [...subscriptions]) {
      // An earlier listener may have ended it.
      if (subscriptions.has(subscription)) callApp(subscription.listener)
    }
    // Later, as the next of the queue may start in the same tick.
    queueMicrotask(() => {
      if (activity) return
      const resolved = waiting
      waiting = []
      for (const resolve of resolved) resolve(state)
    })
  }

  /** Later than what settled the answer, as the callbacks may send, stop or remove. */
  function callBack(result: SettledState) {
    const turn = settledTurns.get(result)
    if (!turn) return
    queueMicrotask(() => {
      if (turn.status === 'error') callApp(options.onError, turn.error, turn)
      callApp(options.onFinish, turn)
    })
  }

  /** Asks for an answer to a turn. */
  function answer(parent: string) {
    const turn = tree.add(parent, {
      role: 'assistant',
      results: noResults,
      ...startedState({ status: 'connecting' }),
    })
    activity = { turn, controller: activity?.controller ?? new AbortController() }
    const turns = tree.pathTo(parent)
    try {
      const { api, instructions } = options
      // Publishes.
      void completion.start(api({ turns, instructions, tools: describedTools() }))
    } catch (thrown) {
      const error = connectionFailed('connect', thrown)
      const failed = startedState({ status: 'error', error }) as SettledState
      settle(failed)
      callBack(failed)
    }
  }

  /** Adds a question after a turn, and asks for its answer. */
  function ask(parent: string | undefined, input: Input, id?: string) {
    const turn = tree.add(parent, { role: 'user', input, text: inputText(input) }, id)
    tree.select(turn)
    answer(turn)
  }

  /** Asks what waits, if nothing is under way. */
  function askNext() {
    const [next, ...rest] = queue
    if (!next || isBusy()) return
    queue = rest
    ask(lastId(), next.input, next.id)
  }

  /** An answer is over: its tools run, or the conversation waits for the user. */
  function settle(result: SettledState) {
    const settled = activity as Activity
    const results = pendingResults(result, tools() !== undefined)
    tree.update(settled.turn, { ...result, results })
    settledTurns.set(result, answerOf(settled.turn) as AssistantTurn)
    const hasRunning = results.some(({ status }) => status === 'running')
    if (!hasRunning) activity = undefined
    // Who has ended it publishes.
    if (settled.controller.signal.aborted) return
    publish()
    if (hasRunning && activity === settled) runTools(settled, results)
    else if (results.length === 0 && result.status === 'complete') askNext()
  }

  function runTools(current: Activity, results: readonly ToolResult[]) {
    results.forEach(({ id, status }, index) => {
      // A call that was sent twice runs once, and has one outcome.
      const first = id ? results.findIndex((result) => result.id === id) : index
      if (status === 'running' && first === index) void runTool(current, index, false)
    })
  }

  async function runTool(current: Activity, index: number, isApproved: boolean) {
    const call = completedCalls(answerOf(current.turn) as AssistantTurn)[index]
    const offered = tools()
    if (!call || !offered) return
    const outcome = await callTool(offered, call, current.controller.signal, isApproved)
    // A late outcome changes nothing, and sends nothing.
    if (current.controller.signal.aborted) return
    setOutcome(current.turn, index, outcome)
    goOn()
  }

  function setOutcome(turn: string, index: number, outcome: CallOutcome) {
    const { results = noResults } = answerOf(turn) ?? {}
    const { id, type } = results[index] as ToolResult
    tree.update(turn, {
      results: results.map((result, at) =>
        at === index || (id && result.id === id && result.type === type)
          ? { ...result, ...outcome }
          : result,
      ),
    })
  }

  /** Asks for the next answer once all calls of the last one have their outputs. */
  function goOn() {
    const { turn } = activity as Activity
    const { results = noResults } = answerOf(turn) ?? {}
    const hasRunning = results.some(({ status }) => status === 'running')
    const isWaiting = results.some(({ status }) => status === 'approval')
    const isOver = !hasRunning && !isWaiting && stepsTo(turn) >= (options.maxSteps ?? 10)
    if (hasRunning || isWaiting || isOver) {
      if (!hasRunning) activity = undefined
      publish()
      if (isOver) askNext()
    } else {
      answer(turn)
    }
  }

  /** How many answers in a row end with one. */
  function stepsTo(id: string): number {
    return tree.pathTo(id).reduce((steps, { role }) => (role === 'user' ? 0 : steps + 1), 0)
  }

  /** Ends what is under way. Does not publish. */
  function end(reason: unknown) {
    const ended = activity
    if (!ended) return
    ended.controller.abort()
    completion.abort(reason)
    stopCalls(ended.turn)
    activity = undefined
  }

  /** Ends what is under way, and answers the calls that wait for the user. */
  function interrupt(reason: unknown) {
    end(reason)
    stopCalls(lastId())
  }

  function stopCalls(turn: string | undefined) {
    const results = answerOf(turn)?.results ?? noResults
    if (turn === undefined || !results.some(isOpen)) return
    tree.update(turn, {
      results: results.map((result) => (isOpen(result) ? { ...result, ...stopped } : result)),
    })
  }

  return {
    send(input) {
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
      const parent = answerOf(id) ? tree.parentOf(id as string) : tree.get(id)?.id
      if (parent === undefined) return
      end('superseded')
      tree.select(parent)
      answer(parent)
    },
    edit(turn, input) {
      const edited = tree.get(idOf(turn))
      if (edited?.role !== 'user') return
      end('superseded')
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
      const { results = noResults } = answerOf(turn) ?? {}
      const index = results.findIndex(
        ({ id, status }) => status === 'approval' && id === idOf(approval),
      )
      const result = results[index]
      if (turn === undefined || !result) return
      const { approved, reason } =
        typeof decision === 'object' ? decision : { approved: decision, reason: undefined }
      if (activity?.turn !== turn) end('superseded')
      activity ??= { turn, controller: new AbortController() }
      const isOurs = result.type !== 'approval'
      const accepted: CallOutcome = isOurs
        ? { status: 'running', output: undefined }
        : { status: 'complete', output: true }
      setOutcome(turn, index, approved ? accepted : denied(reason))
      if (approved && isOurs) void runTool(activity, index, true)
      goOn()
    },
    remove(turn) {
      const id = idOf(turn)
      queue = queue.filter((queued) => queued.id !== id)
      if (activity && tree.pathTo(activity.turn).some((each) => each.id === id)) end('removed')
      if (id !== undefined) tree.remove(id)
      publish()
    },
    clear() {
      end('cleared')
      tree.clear()
      queue = []
      publish()
    },
    toJSON: () => writeDocument(tree.all(), queue),
    getState: () => state,
    getInitialState: () => initialState,
    subscribe(listener) {
      const subscription = { listener }
      subscriptions.add(subscription)
      return () => void subscriptions.delete(subscription)
    },
    setOptions(next) {
      options = next
      completion.setOptions(completionOptions())
    },
    settled: () =>
      activity ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(state),
  }
}

function isOpen({ status }: ToolResult): boolean {
  return status === 'running' || status === 'approval'
}

function idOf(turn: string | { readonly id: string } | undefined): string | undefined {
  return typeof turn === 'string' ? turn : turn?.id
}
