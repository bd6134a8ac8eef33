import type { Checkpoint } from '../completion/state.ts'
import { numberOf, recordOf, stringOf } from '../json/json-record.ts'

/** Stores the checkpoint of a running completion across page reloads. */
export interface CheckpointStore {
  load(): Checkpoint | undefined
  save(checkpoint: Checkpoint): void
  clear(): void
}

/**
 * Creates a {@link CheckpointStore} in the browser's storage, for the option `store` of `resumable`. It
 * stores only the checkpoint, never the text. If the storage is full or blocked, nothing is stored.
 *
 * @param key the name of the item: use one per completion of the page
 * @param storage a function, because accessing `sessionStorage` may throw. The default is
 *   `sessionStorage`: a reload continues the run, another tab does not.
 */
export function checkpointStore(
  key: string,
  storage: () => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> = () => sessionStorage,
): CheckpointStore {
  return {
    load() {
      return tryTo(() => readCheckpoint(JSON.parse(storage().getItem(key) ?? 'null')))
    },
    save(checkpoint) {
      tryTo(() => storage().setItem(key, JSON.stringify(checkpoint)))
    },
    clear() {
      tryTo(() => storage().removeItem(key))
    },
  }
}

function tryTo<T>(access: () => T): T | undefined {
  try {
    return access()
  } catch {
    return undefined
  }
}

/** The stored value may come from another version or another app. */
function readCheckpoint(value: unknown): Checkpoint | undefined {
  const fields = recordOf(value)
  const responseId = stringOf(fields['responseId'])
  const lastEventId = stringOf(fields['lastEventId'])
  const sequenceNumber = numberOf(fields['sequenceNumber'])
  if (responseId === undefined && lastEventId === undefined) return undefined
  return { responseId, sequenceNumber, lastEventId }
}
