/** A topic that the embedded upstream can answer at length. */
export interface Topic {
  readonly name: string
  /** Matches prompts about the topic. */
  readonly about: RegExp
  /** The parts of the reasoning summary. */
  readonly reasoning: readonly string[]
  /** First lines that quote the prompt. The prompt's hash picks one. */
  readonly openings: readonly ((prompt: string) => string)[]
  /** The sections of the answer. If a section has variants, the prompt's hash picks one. */
  readonly sections: readonly (string | readonly string[])[]
}
