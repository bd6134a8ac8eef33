import type { AssistantTurn, Turn } from './turn.ts'

/** Where versions of a turn hang: the turn before them, or the beginning. */
interface Place {
  children: string[]
  /** The one of them that is on the path. */
  shown: string | undefined
}

interface Node<Input> extends Place {
  turn: Turn<Input>
  parent: string | undefined
}

/** A turn, the one that it follows, and whether it is the version of it that is shown there. */
export interface PlacedTurn<Input> {
  readonly turn: Turn<Input>
  readonly parent: string | undefined
  readonly isShown: boolean
}

type Fields<T> = T extends unknown ? Omit<T, 'id' | 'branches'> : never

/** The turns of a conversation with all their versions, and the path through them that is shown. */
export class TurnTree<Input> {
  readonly #nodes = new Map<string, Node<Input>>()
  #root: Place = { children: [], shown: undefined }
  #path: readonly Turn<Input>[] | undefined

  /** Adds a turn after another, or at the beginning, and shows it there. */
  add(
    parent: string | undefined,
    fields: Fields<Turn<Input>>,
    id: string = createId(),
    isShown = true,
  ): string {
    const place = this.#placeOf(parent)
    const branches = [...place.children, id]
    const turn = { ...fields, id, branches } as Turn<Input>
    this.#nodes.set(id, { turn, parent, children: [], shown: undefined })
    if (isShown) place.shown = id
    this.#setBranches(place, branches)
    return id
  }

  get(id: string | undefined): Turn<Input> | undefined {
    return this.#nodes.get(id ?? '')?.turn
  }

  /** A turn of the model's. */
  answer(id: string | undefined): AssistantTurn | undefined {
    const turn = this.get(id)
    return turn?.role === 'assistant' ? turn : undefined
  }

  /** The turn of the model's that was added last, on whichever branch. */
  lastAnswer(): AssistantTurn | undefined {
    return [...this.#nodes.keys()].map((id) => this.answer(id)).findLast((turn) => turn)
  }

  parentOf(id: string): string | undefined {
    return this.#nodes.get(id)?.parent
  }

  update(id: string, fields: object): void {
    const node = this.#nodes.get(id)
    if (!node) return
    const turn = (node.turn = { ...node.turn, ...fields })
    // A token costs the same in a long conversation: only that place of the path is another.
    const at = this.#path?.findLastIndex((each) => each.id === id) ?? -1
    if (this.#path && at >= 0)
      this.#path = [...this.#path.slice(0, at), turn, ...this.#path.slice(at + 1)]
  }

  /** The turns that are shown, from the first to the last. */
  path(): readonly Turn<Input>[] {
    if (this.#path) return this.#path
    const path: Turn<Input>[] = []
    for (let { shown } = this.#root; shown !== undefined;) {
      const node = this.#nodes.get(shown) as Node<Input>
      path.push(node.turn)
      shown = node.shown
    }
    return (this.#path = path)
  }

  /** The turns that lead to one, and it itself. */
  pathTo(id: string | undefined): Turn<Input>[] {
    const path: Turn<Input>[] = []
    for (let node = this.#nodes.get(id ?? ''); node; node = this.#nodes.get(node.parent ?? '')) {
      path.push(node.turn)
    }
    return path.reverse()
  }

  /** How many answers in a row end with one. */
  stepsTo(id: string): number {
    return this.pathTo(id).reduce((steps, { role }) => (role === 'user' ? 0 : steps + 1), 0)
  }

  /** Shows a turn, and after it what was last shown there. */
  select(id: string): void {
    for (let at: string | undefined = id; at !== undefined; at = this.parentOf(at)) {
      this.#placeOf(this.parentOf(at)).shown = at
    }
    this.#path = undefined
  }

  /** Removes a turn and all that follows it. The version beside it is shown, if there is one. */
  remove(id: string): void {
    const node = this.#nodes.get(id)
    if (!node) return
    for (const child of [...node.children]) this.remove(child)
    this.#nodes.delete(id)
    const place = this.#placeOf(node.parent)
    const at = place.children.indexOf(id)
    const left = place.children.filter((each) => each !== id)
    if (place.shown === id) place.shown = left[Math.max(0, at - 1)]
    this.#setBranches(place, left)
  }

  clear(): void {
    this.#nodes.clear()
    this.#root = { children: [], shown: undefined }
    this.#path = undefined
  }

  /** All turns, each after the one that it follows. */
  all(): PlacedTurn<Input>[] {
    return [...this.#nodes.values()].map(({ turn, parent }) => ({
      turn,
      parent,
      isShown: this.#placeOf(parent).shown === turn.id,
    }))
  }

  #placeOf(parent: string | undefined): Place {
    return this.#nodes.get(parent ?? '') ?? this.#root
  }

  #setBranches(place: Place, branches: string[]) {
    place.children = branches
    for (const id of branches) this.update(id, { branches })
    this.#path = undefined
  }
}

/** Not `crypto.randomUUID`, which pages without TLS do not have. */
export function createId(): string {
  const part = () => Math.random().toString(36).slice(2)
  return part() + part()
}
