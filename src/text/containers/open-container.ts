import type { TextContainer } from '../text-block.ts'

/** A container that is open after some lines of it. Reading another line gives another one. */
export interface OpenContainer {
  /** How it renders; undefined while it is not certain that the block is this container. */
  readonly shape: Omit<TextContainer, 'parts'> | undefined
  /** What makes a part begin as the container does, and what ends a part that another one follows. */
  readonly head?: string
  readonly foot?: string
  /** Whether a part can begin with the line that was read last. */
  readonly isStart?: boolean
  /**
   * Reads a line without its end. `'after'` if it certainly begins another block, undefined if only a
   * whole parser could tell. `isLong` says that the part has to end somewhere.
   */
  read(line: string, isAfterBlank: boolean, isLong: boolean): OpenContainer | 'after' | undefined
  /** Where the part that begins at `start` and has `length` can end within a line, before `end`. */
  cut?(text: string, start: number, end: number, length: number): number | undefined
}

/**
 * The container that a block is, or may be, whose first line this is. Before the line is whole, it is
 * asked for what the first four characters are enough for.
 */
export type DivideContainer = (line: string, isWhole: boolean) => OpenContainer | undefined
