import { fence, fenceEnd } from '../open-construct.ts'
import type { OpenContainer } from './open-container.ts'

/** A code block between fences, divided between its lines. */
export function codeContainer(line: string): OpenContainer | undefined {
  const [, marker, language] = fence.exec(line) ?? []
  if (marker === undefined) return undefined
  const end = new RegExp(fenceEnd(marker))
  const shared = {
    shape: { tag: 'pre', language },
    head: `${line}\n`,
    foot: `${marker}\n`,
  } as const
  const closed: OpenContainer = { ...shared, read: (next) => (next.trim() ? 'after' : closed) }

  const inside = (hasText: boolean, isStart: boolean): OpenContainer => ({
    ...shared,
    isStart,
    read(next, isAfterBlank, isLong) {
      if (end.test(next)) return closed
      const isText = next.trim() !== ''
      // After a blank line, where highlighting each part separately is least likely to go wrong. A part
      // contains text, because renderers drop a code block that has only blank lines.
      const isGood = isLong || (isAfterBlank && /^\S/.test(next))
      return inside(hasText || isText, hasText && isText && isGood)
    },
  })
  return inside(false, false)
}
