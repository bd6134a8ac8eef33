import { act } from '@testing-library/react'
import { turns } from '../../client/support/turns.ts'

/** Performs an action, and waits for its effects and for React's commits. */
export async function step(action: () => unknown = () => undefined): Promise<void> {
  await act(async () => {
    action()
    await turns()
  })
}
