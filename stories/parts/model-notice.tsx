import type { Answering } from '../connection/answering.ts'
import { useConnection } from '../connection/connection.tsx'

/** Says that the model is scripted, if it is. */
export function ModelNotice() {
  const notice = notices[useConnection().answering]
  return notice === undefined ? null : <p className="model-notice">{notice}</p>
}

const notices: Readonly<Record<Answering, React.ReactNode>> = {
  openai: undefined,
  scripted: (
    <>
      <strong>Scripted model:</strong> set <code>OPENAI_API_KEY</code> for a real one
    </>
  ),
  page: (
    <>
      <strong>Scripted model,</strong> simulated in this page. For real HTTP:{' '}
      <code>npm install && npm run demo</code>
    </>
  ),
}
