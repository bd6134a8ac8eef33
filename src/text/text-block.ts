/** A piece of a text that can be rendered by itself. */
export interface TextPart {
  /** The position of the piece in the text. It never changes. */
  readonly key: number
  /**
   * The text to render, including line ends. In Markdown, it starts with the reference definitions that it
   * needs from other blocks; they render as nothing.
   */
  readonly text: string
  /** Whether the piece is final: text that arrives later cannot become part of it. */
  readonly settled: boolean
}

/** A piece of a text, which may be a container that can be rendered part by part. */
export interface TextBlock extends TextPart {
  /** How to render the block part by part, if possible. `text` is always the whole block. */
  readonly container?: TextContainer | undefined
}

/**
 * The element that a block renders as, and its parts. Each part is Markdown that renders as the same
 * element with a share of its children: lines of code after the opening fence, items, rows below the
 * table's head, sentences. The children of all parts, in one element, are what the block renders as;
 * a table keeps only the head of the first part.
 */
export interface TextContainer {
  /** The name of the HTML element. */
  readonly tag: 'pre' | 'ol' | 'ul' | 'table' | 'p'
  /** Of code: the first word after the fence. */
  readonly language?: string | undefined
  /** Of a numbered list: the number of its first item. */
  readonly start?: number | undefined
  /** Of a list: whether its items render as paragraphs, in all of its parts. */
  readonly loose?: boolean | undefined
  /** In order; all but the last one are settled. */
  readonly parts: readonly TextPart[]
}

/** How the text is rendered. Markdown is CommonMark with the extensions of GitHub. */
export type TextFormat = 'markdown' | 'plain'
