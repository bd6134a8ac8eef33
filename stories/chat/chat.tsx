import { useEffect } from 'react'
import { useCompletionAnnouncer } from 'use-streaming-completion'
import {
  defineTools,
  responsesConversation,
  useConversation,
} from 'use-streaming-completion/conversation'
import { z } from 'zod'
import code from '../../examples/jobs/chat.tsx?raw'
import { useConnection } from '../connection/connection.tsx'
import { StoryPage } from '../parts/story-page.tsx'
import { useAutoStart } from '../parts/use-auto-start.ts'
import { useEscape } from '../parts/use-escape.ts'
import { ApprovalCard } from './approval-card.tsx'
import { ChatComposer } from './chat-composer.tsx'
import { ChatTurn } from './chat-turn.tsx'
import { useFollowEnd } from './use-follow-end.ts'
import './chat.css'

const tools = defineTools({
  get_forecast: {
    description: 'The weather forecast of a city',
    schema: z.looseObject({ city: z.string(), days: z.int() }),
    // A real tool would call a server. The delay leaves time to stop it.
    async run({ city, days }, { signal }) {
      await new Promise<void>((resolve, reject) => {
        const timer = setTimeout(resolve, 600)
        signal.addEventListener('abort', () => {
          clearTimeout(timer)
          reject(new Error('The forecast was not needed any more.'))
        })
      })
      return { city, days, celsius: 8 + city.length, rain: city.length % 2 === 0 }
    },
    approve: true,
  },
})

export interface ChatProps {
  /** The session storage key of the conversation. By default, it is not stored. */
  storageKey?: string | undefined
  /** Whether the model may look up forecasts. */
  canLookUp?: boolean
}

/** A complete chat. */
export function Chat({ storageKey, canLookUp = false }: ChatProps) {
  const { fetch } = useConnection()
  const chat = useConversation({
    url: '/api/responses',
    api: responsesConversation,
    body: (request) => ({ model: 'gpt-4.1-mini', ...request }),
    fetch,
    whenBusy: 'queue',
    tools: canLookUp ? tools : undefined,
    initial: storageKey === undefined ? undefined : sessionStorage.getItem(storageKey),
  })
  const { turns, status, isBusy, approvals, queue, stop, toJSON } = chat
  useEffect(() => {
    if (storageKey !== undefined) sessionStorage.setItem(storageKey, JSON.stringify(toJSON()))
  }, [storageKey, status, toJSON])
  useEscape(isBusy, stop)
  const asked = `${turns.length} ${approvals.length} ${queue.length}`
  const list = useFollowEnd<HTMLElement>(turns, asked)
  const startsInView = useAutoStart(() =>
    chat.send(canLookUp ? 'What is the weather in Kyoto?' : 'Plan three days in Kyoto'),
  )

  return (
    <StoryPage
      title={canLookUp ? 'Chat with tools' : 'Chat'}
      code={code}
      className="chat-page"
      lead={
        <>
          <code>useConversation</code>:{' '}
          {canLookUp
            ? 'each tool runs once you allow it'
            : 'history, branches, a queue, tools with approval'}
        </>
      }
    >
      <section ref={list} className="card chat" data-status={status} aria-label="Conversation">
        <ChatAnnouncer turns={turns} />
        <ol className="chat-turns" aria-label="Turns">
          {turns.map((turn) => (
            <ChatTurn
              key={turn.id}
              turn={turn}
              edit={chat.edit}
              regenerate={chat.regenerate}
              select={chat.select}
            />
          ))}
        </ol>
        {turns.length === 0 && (
          <p ref={startsInView} className="chat-empty">
            <strong>Nothing has been said yet.</strong>
            <span>Ask something below. Enter sends, Shift+Enter starts a new line.</span>
          </p>
        )}
        {approvals.map((approval) => (
          <ApprovalCard key={approval.id} approval={approval} approve={chat.approve} />
        ))}
        {queue.length > 0 && (
          <ul className="chat-queue" aria-label="Waiting to be sent">
            {queue.map((queued) => (
              <li key={queued.id}>
                <span>{typeof queued.input === 'string' ? queued.input : queued.input.text}</span>
                <button type="button" className="chip" onClick={() => chat.remove(queued)}>
                  Remove
                </button>
              </li>
            ))}
          </ul>
        )}
      </section>
      <ChatComposer
        isBusy={isBusy}
        isEmpty={turns.length === 0}
        send={chat.send}
        stop={stop}
        clear={chat.clear}
      />
    </StoryPage>
  )
}

/** Announces to screen readers that an answer started, and how it ended. */
function ChatAnnouncer({ turns }: Pick<ReturnType<typeof useConversation>, 'turns'>) {
  const last = turns.at(-1)
  const { polite, assertive } = useCompletionAnnouncer(
    last?.role === 'assistant' ? last : undefined,
  )
  return (
    <>
      <p role="status" className="hidden-words">
        {polite}
      </p>
      <p role="alert" className="hidden-words">
        {assertive}
      </p>
    </>
  )
}
