import type { AssistantTurn, Turn } from './turn.ts'

type Id = string | undefined
type Fields<T> = T extends unknown ? Omit<T, 'id' | 'branches'> : never

/** A turn, the turn before it, and whether it is the version that is shown there. */
interface PlacedTurn<Input> {
  readonly turn: Turn<Input>
  readonly parent: Id
  readonly isShown: boolean
}

/** The turns of a conversation with all their versions, and the path through them that is shown. */
export interface TurnTree<Input> {
  /** Adds a turn after another one, or at the beginning, and shows it there. */
  add: (parent: Id, fields: Fields<Turn<Input>>, id?: string, isShown?: boolean) => string
  get: (id: Id) => Turn<Input> | undefined
  /** The turn with this id, if it is an answer. */
  answer: (id: Id) => AssistantTurn | undefined
  parentOf: (id: Id) => Id
  update: (id: string, fields: object) => void
  /** The turns that are shown, from the first to the last. */
  path: () => readonly Turn<Input>[]
  /** The turns up to and including one of them. */
  pathTo: (id: Id) => Turn<Input>[]
  /** Shows a turn, and the turns that were last shown after it. */
  select: (id: string) => void
  /** Removes a turn and all turns after it. Shows the version next to it, if there is one. */
  remove: (id: string) => void
  clear: () => void
  /** All turns in the order in which they were added, so each comes after its parent. */
  all: () => PlacedTurn<Input>[]
}

/** A place where versions of a turn follow: another turn, or the beginning. */
interface Place {
  /** The id of the version that is shown. */
  shown: Id
}

interface Node<Input> extends Place {
  turn: Turn<Input>
  readonly parent: Id
}

export function createTurnTree<Input>(): TurnTree<Input> {
  const nodes = new Map<Id, Node<Input>>()
  const root: Place = { shown: undefined }
  let path: readonly Turn<Input>[] | undefined

  const get = (id: Id) => nodes.get(id)?.turn
  const parentOf = (id: Id) => nodes.get(id)?.parent
  const placeOf = (id: Id): Place => nodes.get(id) ?? root
  /** The versions that follow at a place. */
  const versionsAt = ({ shown }: Place) => get(shown)?.branches ?? []

  function setVersions(ids: readonly string[]) {
    for (const id of ids) update(id, { branches: ids })
    path = undefined
  }

  function update(id: string, fields: object) {
    const node = nodes.get(id)
    if (!node) return
    const before = node.turn
    const turn = (node.turn = { ...before, ...fields })
    // A turn that is not shown leaves the path as it is.
    if (path?.includes(before)) path = path.map((each) => (each === before ? turn : each))
  }

  function remove(id: string) {
    const node = nodes.get(id)
    if (!node) return
    for (const next of versionsAt(node)) remove(next)
    nodes.delete(id)
    const place = placeOf(node.parent)
    const { branches } = node.turn
    const left = branches.filter((each) => each !== id)
    if (place.shown === id) place.shown = left[Math.max(0, branches.indexOf(id) - 1)]
    setVersions(left)
  }

  return {
    add(parent, fields, id = createId(), isShown = true) {
      const place = placeOf(parent)
      const branches = [...versionsAt(place), id]
      nodes.set(id, { turn: { ...fields, id, branches }, parent, shown: undefined })
      if (isShown || place.shown === undefined) place.shown = id
      setVersions(branches)
      return id
    },
    get,
    answer(id) {
      const turn = get(id)
      return turn?.role === 'assistant' ? turn : undefined
    },
    parentOf,
    update,
    path() {
      if (path) return path
      const turns: Turn<Input>[] = []
      let node: Node<Input> | undefined
      for (let place = root; (node = nodes.get(place.shown)); place = node) turns.push(node.turn)
      return (path = turns)
    },
    pathTo(id) {
      const turns: Turn<Input>[] = []
      for (let node = nodes.get(id); node; node = nodes.get(node.parent)) turns.unshift(node.turn)
      return turns
    },
    select(id) {
      for (let at: Id = id; at !== undefined; at = parentOf(at)) placeOf(parentOf(at)).shown = at
      path = undefined
    },
    remove,
    clear() {
      nodes.clear()
      root.shown = undefined
      path = undefined
    },
    all: () =>
      [...nodes.values()].map(({ turn, parent }) => ({
        turn,
        parent,
        isShown: placeOf(parent).shown === turn.id,
      })),
  }
}

/** Not `crypto.randomUUID`, which pages without TLS do not have. */
export function createId(): string {
  const part = () => Math.random().toString(36).slice(2)
  return part() + part()
}
