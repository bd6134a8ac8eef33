import { Answer } from './answer'

/** Rendered on the server. Only the streaming part is a client component. */
export default function Page() {
  return (
    <main>
      <h1>Ask the model</h1>
      <Answer />
    </main>
  )
}
