import type { TextContainer } from '../text-block.ts'

/** The state of a container after some of its lines. Reading another line returns the next state. */
export interface OpenContainer {
  /** How it renders; `undefined` while it is not certain that the block is this container. */
  readonly shape: Omit<TextContainer, 'parts'> | undefined
  /** The text before each later part, and after each part but the last, that makes it a container by itself. */
  readonly head?: string
  readonly foot?: string
  /** Whether a part can begin with the last line. */
  readonly isStart?: boolean
  /**
   * Reads a line without its line ending. Returns `'after'` if it certainly begins another block, and
   * `undefined` if only a complete parser can tell. `isLong` means that the part should end soon.
   */
  read(line: string, isAfterBlank: boolean, isLong: boolean): OpenContainer | 'after' | undefined
  /** Returns where a part from `start`, of at least `length`, can end within a line, before `end`. */
  cut?(text: string, start: number, end: number, length: number): number | undefined
}

/**
 * Returns the container that begins with this line, if it is or may be one. Before the line is complete, it
 * is called with the first four characters.
 */
export type DivideContainer = (line: string, isWhole: boolean) => OpenContainer | undefined
