import { useRef, useState, type KeyboardEvent } from 'react'
import type { ConversationControls, UserInput } from 'use-streaming-completion/conversation'
import { ActionButton } from '../parts/action-button.tsx'

interface ChatComposerProps extends Pick<
  ConversationControls<UserInput>,
  'send' | 'stop' | 'clear'
> {
  isBusy: boolean
  isEmpty: boolean
}

/** The input for the next message. While an answer streams, messages are queued. */
export function ChatComposer({ isBusy, isEmpty, send, stop, clear }: ChatComposerProps) {
  const [draft, setDraft] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  const canSend = draft.trim() !== ''

  function submit() {
    send(draft.trim())
    setDraft('')
    field.current?.focus()
  }

  function submitOnEnter(event: KeyboardEvent) {
    // Enter also confirms a suggestion of an input method.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    if (canSend) submit()
  }

  return (
    <div className="card chat-composer">
      <textarea
        ref={field}
        aria-label="Message"
        placeholder={isBusy ? 'Ask the next question …' : 'Ask something …'}
        rows={2}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={submitOnEnter}
      />
      <div className="actions">
        <ActionButton look="primary" enabled={canSend} onPress={submit}>
          {isBusy ? 'Queue' : 'Send'}
        </ActionButton>
        <ActionButton look="danger" enabled={isBusy} onPress={stop}>
          Stop
        </ActionButton>
        <ActionButton look="plain" enabled={!isEmpty} onPress={clear}>
          New chat
        </ActionButton>
      </div>
    </div>
  )
}
