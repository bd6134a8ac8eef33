import { useStreamingObject } from 'use-streaming-completion'
import { z } from 'zod'

const schema = z.object({ name: z.string(), email: z.string() })

export function FormFill() {
  const { object, start } = useStreamingObject({ url: '/api/contact', schema })
  return (
    <form>
      <button type="button" onClick={() => void start('Ann, ann@example.com')}>
        Fill
      </button>
      <input aria-label="Name" readOnly value={object?.name ?? ''} />
      <input aria-label="Email" readOnly value={object?.email ?? ''} />
    </form>
  )
}
