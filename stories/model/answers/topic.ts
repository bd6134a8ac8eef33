/** Something the embedded upstream can talk about at length. */
export interface Topic {
  readonly name: string
  /** What a prompt about it mentions. */
  readonly about: RegExp
  /** The parts of the reasoning summary. */
  readonly reasoning: readonly string[]
  /** First lines that take up the prompt. One is picked by the prompt's hash. */
  readonly openings: readonly ((prompt: string) => string)[]
  /** The answer in order. Where a section has variants, the prompt's hash picks one. */
  readonly sections: readonly (string | readonly string[])[]
}
