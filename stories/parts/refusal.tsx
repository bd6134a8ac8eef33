/** The model's refusal. */
export function Refusal({ text }: { text: string }) {
  if (text === '') return null
  return (
    <div className="refusal">
      <p className="refusal-title">The model declined</p>
      <p dir="auto" data-testid="refusal">
        {text}
      </p>
    </div>
  )
}
