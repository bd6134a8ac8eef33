import { isRecord, recordOf } from '../../json/json-record.ts'

/** The result of the provider's own moderation for the input or the output. */
export interface ModerationVerdict {
  /** Whether anything was flagged. `undefined` if the moderation itself failed, which does not mean "clean". */
  readonly flagged: boolean | undefined
  /** The unmodified object. */
  readonly raw: unknown
}

/** The results of the provider's own moderation, if the request asked for it. */
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
