import { expect } from 'vitest'
import {
  createConversation,
  defineTools,
  responsesConversation,
  type Conversation,
  type ConversationDocument,
} from '../../../src/conversation.ts'
import { resumable, type Checkpoint } from '../../../src/core.ts'
import { createControlledFetch, type ControlledRequest } from '../../../src/testing.ts'
import { begin, bodyOf, reply, rest } from './start-talk.ts'

/** A random step. Numbers choose among the existing turns, calls or requests. */
export type Step =
  | { do: 'send' | 'stop' | 'regenerate' | 'unmount' | 'reload' | 'save' | 'loadOlder' | 'clear' }
  | { do: 'regenerateOne' | 'edit' | 'select' | 'remove'; at: number }
  | { do: 'approve'; decision: boolean }
  | { do: 'answer'; tools: readonly ('quick' | 'held' | 'broken' | 'guarded' | 'unknown')[] }
  | { do: 'begin' | 'fail' | 'late' }
  | { do: 'endTool'; at: number; ok: boolean }

/** A response as the server has it: it can be replayed. */
interface Stored {
  readonly question: string
  text: string
}

interface HeldRun {
  finish: (ok: boolean) => void
}

/** A conversation with random steps, whose rules are checked after each step. */
export class RandomTalk {
  readonly #fetch = createControlledFetch()
  /** Ended by the server. */
  readonly #over = new Set<ControlledRequest>()
  /** Ended by the client, which this server does not detect. */
  readonly #closed = new Set<ControlledRequest>()
  readonly #answered = new Set<ControlledRequest>()
  readonly #runs = new Map<string, number>()
  readonly #approved = new Set<string>()
  readonly #held: HeldRun[] = []
  readonly #whenBusy: 'supersede' | 'queue' | 'drop'
  /** Of the conversation of this page. */
  #finished = new Map<string, number>()
  readonly #stored = new Map<string, Stored>()
  #checkpoint: Checkpoint | undefined
  /** The document of an earlier step, as where the storage is full or another tab has saved. */
  #older: ConversationDocument | undefined
  #checked = 0
  #said = 0
  conversation: Conversation

  constructor(whenBusy: 'supersede' | 'queue' | 'drop') {
    this.#whenBusy = whenBusy
    this.conversation = this.#create(undefined)
  }

  #create(initial: ConversationDocument | undefined): Conversation {
    const finished = (this.#finished = new Map<string, number>())
    const count = (id: string) => this.#runs.set(id, (this.#runs.get(id) ?? 0) + 1)
    const counted =
      (run: (id: string) => unknown) =>
      (_: unknown, { call }: { call: { id: string } }) => {
        count(call.id)
        return run(call.id)
      }
    return createConversation({
      url: '/api',
      api: responsesConversation,
      fetch: (url, { signal, ...init }) => {
        const response = this.#fetch.fetch(url, init)
        const request = this.#fetch.requests.at(-1)!
        signal?.addEventListener('abort', () => this.#closed.add(request))
        return response
      },
      publish: 'sync',
      resume: resumable({
        url: ({ responseId }) => `/api/${responseId}`,
        attempts: 0,
        store: {
          load: () => this.#checkpoint,
          save: (checkpoint) => void (this.#checkpoint = checkpoint),
          clear: () => void (this.#checkpoint = undefined),
        },
      }),
      whenBusy: this.#whenBusy,
      initial,
      maxSteps: 4,
      tools: defineTools({
        quick: { run: counted((id) => id) },
        held: {
          run: counted(
            () =>
              new Promise((resolve, reject) => {
                this.#held.push({
                  finish: (ok) => (ok ? resolve('done') : reject(new Error('broke'))),
                })
              }),
          ),
        },
        broken: {
          run: counted(() => {
            throw new Error('broken')
          }),
        },
        guarded: {
          approve: true,
          run: counted((id) => {
            expect(this.#approved, 'a guarded tool ran without its approval').toContain(id)
          }),
        },
      }),
      onFinish: ({ id }) => void finished.set(id, (finished.get(id) ?? 0) + 1),
    }) as Conversation
  }

  async take(step: Step): Promise<void> {
    const { conversation } = this
    const { turns, approvals } = conversation.getState()
    const turnAt = (at: number) => turns[at % Math.max(1, turns.length)]
    switch (step.do) {
      case 'send':
        conversation.send(`question ${++this.#said}`)
        break
      case 'stop':
      case 'clear':
        conversation[step.do]()
        break
      case 'regenerate':
        conversation.regenerate()
        break
      case 'regenerateOne':
        conversation.regenerate(turnAt(step.at))
        break
      case 'edit':
        conversation.edit(turnAt(step.at)?.id ?? '', `edited ${++this.#said}`)
        break
      case 'remove':
        conversation.remove(turnAt(step.at)?.id ?? '')
        break
      case 'select': {
        const branches = turns.flatMap((turn) => turn.branches)
        conversation.select(branches[step.at % Math.max(1, branches.length)] ?? '')
        break
      }
      case 'approve': {
        const [approval] = approvals
        if (approval && step.decision) this.#approved.add(approval.id)
        if (approval) conversation.approve(approval, step.decision)
        break
      }
      case 'reload':
      case 'unmount':
        this.#reload(JSON.parse(JSON.stringify(conversation)) as ConversationDocument)
        break
      case 'save':
        this.#older = JSON.parse(JSON.stringify(conversation)) as ConversationDocument
        break
      case 'loadOlder':
        if (this.#older) this.#reload(this.#older)
        // That document does not know what has happened since.
        this.#runs.clear()
        break
      case 'endTool':
        this.#held.splice(step.at % Math.max(1, this.#held.length), 1)[0]?.finish(step.ok)
        break
      default:
        this.#serve(step)
    }
    await rest()
    this.#check()
  }

  #reload(document: ConversationDocument) {
    this.conversation.stop('unmount')
    this.conversation = this.#create(document)
    expect(this.conversation.toJSON().turns.length).toBe(document.turns.length)
    this.conversation.restore()
  }

  #serve(step: Step) {
    const open = this.#open().at(-1)
    if (step.do === 'late') {
      const old = [...this.#closed].find(
        (request) => !this.#answered.has(request) && !this.#over.has(request),
      )
      if (old) this.#reply(old, { text: 'LATE' })
    } else if (open && step.do === 'begin') {
      if (!this.#answered.has(open)) {
        const id = this.#idOf(open)
        begin(open, this.#textOf(id, 'half'), id)
      }
      this.#answered.add(open)
    } else if (open) {
      this.#over.add(open)
      const n = ++this.#said
      if (step.do !== 'answer' || this.#answered.has(open)) {
        open.fail()
      } else {
        const toolCalls = step.tools.map((name, at) => ({
          id: `call_${n}_${at}`,
          name,
          arguments: {},
        }))
        const responseId = this.#idOf(open)
        this.#reply(open, { text: this.#textOf(responseId, 'whole'), toolCalls, responseId })
      }
    }
  }

  /** The response that a request asks for: its own, or the one that it replays. */
  #idOf({ url, init }: ControlledRequest): string {
    if (init.method === 'GET') return url.slice('/api/'.length)
    const id = `resp_${++this.#said}`
    const { input } = bodyOf({ init } as ControlledRequest)
    const { content } = (input as readonly Item[]).findLast(({ role }) => role === 'user')!
    this.#stored.set(id, { question: content!, text: '' })
    return id
  }

  /** Says which question it answers. */
  #textOf(id: string, part: 'half' | 'whole'): string {
    const stored = this.#stored.get(id)!
    stored.text += stored.text ? '' : `${id} answers ${stored.question}.`
    return part === 'half' ? stored.text : (stored.text += ' That is all.')
  }

  #reply(request: ControlledRequest, completion: Parameters<typeof reply>[1]) {
    this.#answered.add(request)
    reply(request, completion)
  }

  #open(): ControlledRequest[] {
    return this.#fetch.requests.filter(
      (request) => !this.#closed.has(request) && !this.#over.has(request),
    )
  }

  #check() {
    const { turns, isBusy, status, approvals } = this.conversation.getState()
    const document = this.conversation.toJSON()
    const isRunning = (value: unknown) => /^(connecting|streaming|running)$/.test(String(value))
    const running = document.turns.filter(
      (turn) =>
        isRunning(turn['status']) ||
        ((turn['results'] ?? []) as { status: string }[]).some((result) =>
          isRunning(result.status),
        ),
    )
    expect(running.length, 'running turns').toBeLessThanOrEqual(1)
    expect(this.#open().length, 'open requests').toBeLessThanOrEqual(1)
    if (!isBusy) {
      expect(running).toEqual([])
      expect(this.#open()).toEqual([])
    }
    expect(isBusy).toBe(/^(connecting|streaming|tools|approval)$/.test(status))
    if (approvals.length > 0) expect(isBusy).toBe(true)
    expect(JSON.stringify(turns), 'a late chunk was shown').not.toContain('LATE')
    expect(
      [...this.#runs.values()].every((runs) => runs === 1),
      'runs of a call',
    ).toBe(true)
    expect(
      [...this.#finished.values()].every((times) => times === 1),
      'onFinish',
    ).toBe(true)

    turns.forEach((turn, index) => {
      const before = turns[index - 1]
      if (turn.role === 'user') return
      const asked = turns.slice(0, index).findLast(({ role }) => role === 'user')
      if (turn.text) expect(turn.text, 'the answer to another question').toContain(asked!.text)
      expect(before, 'an answer to nothing').toBeDefined()
      if (before?.role === 'assistant') {
        expect(before.results.length).toBeGreaterThan(0)
        expect(before.results.every(({ status }) => !/^(running|approval)$/.test(status))).toBe(
          true,
        )
      }
    })
    const ids = document.turns.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    this.#checkRequests()
    this.#checkDocument(document)
  }

  /** Checks that each call is followed by its output, and that no output is without its call. */
  #checkRequests() {
    for (; this.#checked < this.#fetch.requests.length; this.#checked++) {
      const request = this.#fetch.requests[this.#checked]!
      // A replay.
      if (request.init.method === 'GET') continue
      const input = bodyOf(request).input as readonly Item[]
      expect(input[0]!.role).toBe('user')
      input.forEach((item, index) => {
        const after = item.type === 'function_call' && input[index + 1]
        if (after)
          expect(after).toMatchObject({ type: 'function_call_output', call_id: item.call_id })
        if (item.type === 'function_call') expect(after).toBeTruthy()
        const isOutput = item.type === 'function_call_output'
        if (isOutput)
          expect(input[index - 1]).toMatchObject({ type: 'function_call', call_id: item.call_id })
        if (isOutput) expect(item.output).toEqual(expect.any(String))
      })
    }
  }

  /** Checks that a saved and loaded conversation is the same, except for running answers. */
  #checkDocument(document: ConversationDocument) {
    const text = JSON.stringify(document)
    const loaded = createConversation({ url: '/', api: responsesConversation, initial: text })
    const settled = JSON.stringify(loaded)
    const again = createConversation({ url: '/', api: responsesConversation, initial: settled })
    expect(JSON.parse(JSON.stringify(again))).toEqual(JSON.parse(settled))
    expect(loaded.getState().turns.map(({ id, text }) => [id, text])).toEqual(
      this.conversation.getState().turns.map(({ id, text }) => [id, text]),
    )
    expect(loaded.getState().queue).toEqual(this.conversation.getState().queue)
  }
}

interface Item {
  role?: string
  content?: string
  type?: string
  call_id?: string
  output?: unknown
}
