/** What the model says on its way to the answer, before and between its calls. */
export function Commentary({ text }: { text: string }) {
  if (text === '') return null
  return (
    <p className="commentary" role="note" aria-label="Commentary" dir="auto">
      {text}
    </p>
  )
}
