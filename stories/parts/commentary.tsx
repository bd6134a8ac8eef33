/** The commentary: messages before the answer and between tool calls. */
export function Commentary({ text }: { text: string }) {
  if (text === '') return null
  return (
    <p className="commentary" role="note" aria-label="Commentary">
      <span className="reasoning-title">Commentary</span> <span dir="auto">{text}</span>
    </p>
  )
}
