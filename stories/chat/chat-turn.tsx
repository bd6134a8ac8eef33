import { memo, useState } from 'react'
import { isRunning } from 'use-streaming-completion'
import type {
  AssistantTurn,
  ConversationControls,
  Turn,
  UserInput,
  UserTurn,
} from 'use-streaming-completion/conversation'
import { MarkdownText } from '../parts/markdown-text.tsx'
import { OutcomeNotice } from '../parts/outcome-notice.tsx'
import { Refusal } from '../parts/refusal.tsx'
import { CallResult } from './call-result.tsx'

type Controls = Pick<ConversationControls<UserInput>, 'edit' | 'regenerate' | 'select'>

/** A turn renders only while it streams, not when other turns change. */
export const ChatTurn = memo(function ChatTurn({
  turn,
  ...controls
}: Controls & { turn: Turn<UserInput> }) {
  return (
    <li className={`chat-turn chat-${turn.role}`}>
      <span className="hidden-words">{turn.role === 'user' ? 'You:' : 'The model:'}</span>
      {turn.role === 'user' ? (
        <Question turn={turn} {...controls} />
      ) : (
        <Answer turn={turn} {...controls} />
      )}
    </li>
  )
})

function Question({ turn, edit, select }: Controls & { turn: UserTurn<UserInput> }) {
  const [draft, setDraft] = useState<string>()
  if (draft !== undefined) {
    return (
      <form
        className="chat-edit"
        onSubmit={(event) => {
          event.preventDefault()
          setDraft(undefined)
          edit(turn, draft)
        }}
      >
        <textarea
          aria-label="Edit the question"
          autoFocus
          rows={2}
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
        />
        <div className="chat-tools">
          <button className="chip">Ask this instead</button>
          <button type="button" className="chip" onClick={() => setDraft(undefined)}>
            Cancel
          </button>
        </div>
      </form>
    )
  }
  return (
    <>
      <p className="chat-bubble">{turn.text}</p>
      <div className="chat-tools">
        <Branches turn={turn} select={select} />
        <button type="button" className="chip" onClick={() => setDraft(turn.text)}>
          Edit
        </button>
      </div>
    </>
  )
}

function Answer({ turn, regenerate, select }: Controls & { turn: AssistantTurn }) {
  const running = isRunning(turn)
  const isStep = turn.results.length > 0
  return (
    <>
      <div aria-busy={running}>
        {turn.text === '' && running && <p className="chat-waiting">Thinking …</p>}
        <MarkdownText text={turn.text} ended={!running} />
        <Refusal text={turn.refusal} />
      </div>
      {turn.results.map((result, index) =>
        // Pending approvals have a card below.
        result.status === 'approval' ? null : (
          <CallResult key={`${result.id} ${index}`} result={result} />
        ),
      )}
      <OutcomeNotice completion={turn} />
      {!running && !isStep && (
        <div className="chat-tools">
          <Branches turn={turn} select={select} />
          <button type="button" className="chip" onClick={() => regenerate(turn)}>
            Regenerate
          </button>
        </div>
      )}
    </>
  )
}

/** The position among the versions of a turn, with buttons to switch. */
function Branches({ turn, select }: { turn: Turn<UserInput> } & Pick<Controls, 'select'>) {
  const { branches, id } = turn
  if (branches.length < 2) return null
  const at = branches.indexOf(id)
  const to = (step: number, name: string, sign: string) => {
    const target = branches[at + step]
    return (
      <button
        type="button"
        className="chip"
        aria-label={name}
        aria-disabled={target === undefined}
        onClick={() => {
          if (target !== undefined) select(target)
        }}
      >
        {sign}
      </button>
    )
  }
  return (
    <span className="chat-branches" role="group" aria-label="Versions">
      {to(-1, 'Previous version', '‹')}
      <span>
        {at + 1} of {branches.length}
      </span>
      {to(1, 'Next version', '›')}
    </span>
  )
}
