import { Answer } from './answer'

/** Rendered on the server; only what streams is for the client. */
export default function Page() {
  return (
    <main>
      <h1>Ask the model</h1>
      <Answer />
    </main>
  )
}
