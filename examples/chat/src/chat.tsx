import { useEffect, useState } from 'react'
import { checkpointStore, resumable } from 'use-streaming-completion'
import { responsesConversation, useConversation } from 'use-streaming-completion/conversation'
import { tools } from './tools'
import { TurnRow } from './turn-row'

/** The answer is stored on the server: a reload continues it, and Stop cancels it there. */
const resume = resumable({
  url: ({ responseId, sequenceNumber }) =>
    `/api/responses/${responseId}?starting_after=${sequenceNumber ?? ''}`,
  cancel: ({ responseId }) => `/api/responses/${responseId}/cancel`,
  store: checkpointStore('answer'),
})

export function Chat() {
  const [draft, setDraft] = useState('Plan three days in Kyoto')
  const [canLookUp, setCanLookUp] = useState(false)
  const chat = useConversation({
    url: '/api/responses',
    api: responsesConversation,
    instructions: 'Answer briefly.',
    tools: canLookUp ? tools : undefined,
    resume,
    initial: sessionStorage.getItem('chat'),
  })
  const { turns, status, isBusy, send, stop, regenerate, clear, toJSON } = chat
  // Not for every token: after a reload, the missing text is replayed.
  useEffect(() => {
    try {
      sessionStorage.setItem('chat', JSON.stringify(toJSON()))
    } catch {
      // The storage is full: the chat continues without being saved.
    }
  }, [status, turns.length, toJSON])

  return (
    <>
      <ol aria-label="Conversation">
        {turns.map((turn) => (
          <TurnRow key={turn.id} turn={turn} regenerate={regenerate} />
        ))}
      </ol>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          send(draft)
          setDraft('')
        }}
      >
        <label>
          Message
          <input value={draft} onChange={(event) => setDraft(event.target.value)} required />
        </label>
        <label className="option">
          <input
            type="checkbox"
            checked={canLookUp}
            onChange={(event) => setCanLookUp(event.target.checked)}
          />
          The model may look up forecasts
        </label>
        <p className="row">
          <button type="submit">Send</button>
          <button type="button" onClick={stop} disabled={!isBusy}>
            Stop
          </button>
          <button type="button" onClick={clear} disabled={turns.length === 0}>
            New chat
          </button>
          <span role="status">{status}</span>
        </p>
      </form>
    </>
  )
}
