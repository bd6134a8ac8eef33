import type { Checkpoint } from '../completion/state.ts'
import { numberOf, recordOf, stringOf } from '../json/json-record.ts'

/** Where the checkpoint of a running completion is kept over a reload of the page. */
export interface CheckpointStore {
  load(): Checkpoint | undefined
  save(checkpoint: Checkpoint): void
  clear(): void
}

/**
 * A {@link CheckpointStore} in the storage of the browser: for the option `store` of `resumable`. Only
 * the checkpoint is stored, never the text. A storage that is full, or that the browser refuses, is as
 * good as an empty one.
 *
 * @param key the item's name: one for each completion of the page
 * @param storage a function, since the browser may refuse `sessionStorage` itself. By default the
 *   `sessionStorage`: a reload goes on, another tab does not.
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

/** What is stored may be of another version, or of another app. */
function readCheckpoint(value: unknown): Checkpoint | undefined {
  const fields = recordOf(value)
  const responseId = stringOf(fields['responseId'])
  const lastEventId = stringOf(fields['lastEventId'])
  const sequenceNumber = numberOf(fields['sequenceNumber'])
  if (responseId === undefined && lastEventId === undefined) return undefined
  return { responseId, sequenceNumber, lastEventId }
}
