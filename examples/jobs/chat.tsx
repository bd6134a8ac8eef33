import { chatConversation, useConversation } from 'use-streaming-completion/conversation'

export function Chat() {
  const chat = useConversation({ url: '/api/chat', api: chatConversation })
  return (
    <main>
      {chat.turns.map((turn) => (
        <p key={turn.id}>
          {turn.text}
          {turn.role === 'user' ? (
            <button onClick={() => chat.edit(turn, prompt('Edit', turn.text) ?? '')}>Edit</button>
          ) : (
            <button onClick={() => chat.regenerate(turn)}>Regenerate</button>
          )}
        </p>
      ))}
      <form action={(form) => chat.send(String(form.get('question')))}>
        <input name="question" aria-label="Question" />
      </form>
      {chat.isBusy && <button onClick={chat.stop}>Stop</button>}
    </main>
  )
}
