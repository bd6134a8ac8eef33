import { isRecord, recordOf } from '../../json/json-record.ts'

/** What the provider's own moderation said of one side of a completion. */
export interface ModerationVerdict {
  /** Whether anything was flagged. `undefined` if the moderation itself failed: that is not "clean". */
  readonly flagged: boolean | undefined
  /** The object of the wire as it came. */
  readonly raw: unknown
}

/** What the provider's own moderation said, where the request asked for it. */
export interface Moderation {
  readonly input: ModerationVerdict | undefined
  readonly output: ModerationVerdict | undefined
}

/** Reads the `moderation` of a final response or of a chat chunk. */
export function moderationOf(raw: unknown): Moderation | undefined {
  return isRecord(raw)
    ? { input: verdictOf(raw['input']), output: verdictOf(raw['output']) }
    : undefined
}

function verdictOf(raw: unknown): ModerationVerdict | undefined {
  if (!isRecord(raw)) return undefined
  const { results } = raw
  const flags = (Array.isArray(results) ? (results as unknown[]) : [raw]).map(
    (result) => recordOf(result)['flagged'],
  )
  const clean = flags.length > 0 && flags.every((flag) => flag === false)
  return { flagged: flags.includes(true) || (clean ? false : undefined), raw }
}
