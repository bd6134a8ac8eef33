/** A piece of a text that can be rendered by itself. */
export interface TextBlock {
  /** Where the block begins in the text: the same for as long as the block is there. */
  readonly key: number
  /**
   * What to render: the block's part of the text, line ends included. In Markdown, the reference
   * definitions that it needs from other blocks stand before it; they render as nothing.
   */
  readonly text: string
  /** Whether what follows in the text can no longer be part of the block. */
  readonly settled: boolean
}

/** How the text is rendered. Markdown is CommonMark with the extensions of GitHub. */
export type TextFormat = 'markdown' | 'plain'
