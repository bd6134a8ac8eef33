import { arrayOf, isRecord, type JsonRecord } from '../../json/json-record.ts'

/** More entries than any argument has; a larger index is noise. */
const mostEntries = 10_000

type Holder = Record<string, unknown>

/** Builds the arguments of one call from the pieces that Gemini streams, each with a JSON path. */
export function createPartialArguments(): {
  readonly value: object
  /** Adds pieces. Returns roughly by how many characters the arguments grew. */
  add: (pieces: unknown) => number
} {
  const root = holder()
  /** The paths of the strings that continue. */
  const open = new Set<string>()

  function add(piece: JsonRecord) {
    const { jsonPath: path, willContinue, stringValue, numberValue, boolValue } = piece
    const keys = typeof path === 'string' ? keysOf(path) : []
    const last = keys.pop()
    if (last === undefined) return 0
    let at = root
    for (const [index, key] of keys.entries()) {
      const inner = at[key]
      const next = keys[index + 1] ?? last
      at = at[key] = (
        typeof inner === 'object' && inner !== null ? inner : isIndex(next) ? [] : holder()
      ) as Holder
    }
    const before = open.has(path as string) ? at[last] : ''
    const text = typeof stringValue === 'string' ? stringValue : undefined
    at[last] = text === undefined ? (numberValue ?? boolValue ?? null) : String(before) + text
    if (willContinue === true) open.add(path as string)
    else open.delete(path as string)
    return text?.length ?? 1
  }

  return {
    value: root,
    add: (pieces) =>
      arrayOf(pieces).reduce<number>((sum, piece) => sum + (isRecord(piece) ? add(piece) : 0), 0),
  }
}

/** Without a prototype: `__proto__` is a key like any other. */
function holder(): Holder {
  return Object.create(null) as Holder
}

const isIndex = (key: string) => /^\d+$/.test(key) && Number(key) < mostEntries

/** The keys of a path such as `$.list[0].name` or `$['a b']`. */
function keysOf(path: string): string[] {
  const matches = path.matchAll(
    /\.([^.[\]]+)|\[(?:(\d+)|'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")\]/g,
  )
  return [...matches].map(
    ([, name, index, single, double]) =>
      name ?? index ?? (single ?? double ?? '').replace(/\\(.)/g, '$1'),
  )
}
