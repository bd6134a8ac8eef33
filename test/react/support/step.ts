import { act } from '@testing-library/react'
import { turns } from '../../client/support/turns.ts'

/** Does something, lets all that follows from it happen, and React commit it. */
export async function step(action: () => unknown = () => undefined): Promise<void> {
  await act(async () => {
    action()
    await turns()
  })
}
