import { useEffect } from 'react'
import { chatConversation, useConversation } from 'use-streaming-completion/conversation'

export function SavedChat() {
  const initial = localStorage.getItem('chat')
  const chat = useConversation({ url: '/api/chat', api: chatConversation, initial })
  const { status, turns, toJSON } = chat
  useEffect(() => {
    try {
      localStorage.setItem('chat', JSON.stringify(toJSON()))
    } catch {} // Otherwise, a full storage would unmount the page.
  }, [status, toJSON])
  return (
    <main>
      {turns.map((turn) => (
        <p key={turn.id}>{turn.text}</p>
      ))}
      <button onClick={() => chat.send('Hi')}>Greet</button>
    </main>
  )
}
