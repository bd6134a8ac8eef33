const ideograph = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.source

const token = new RegExp(
  [
    String.raw`\n+`,
    `${ideograph}{1,2}`,
    String.raw` ?(?:(?!${ideograph})[\p{L}\p{M}]){1,7}`,
    String.raw` ?\p{N}{1,3}`,
    ' {2,}',
    String.raw` ?[!-/:-@[-\x60{-~]{1,3}`,
    '.',
  ].join('|'),
  'gsu',
)

/**
 * Cuts text roughly as a tokenizer does: a word with its leading space, pieces of long words, runs
 * of punctuation, one or two ideographs. Emoji are cut between their code points, so a family or a
 * flag arrives in several deltas, as it does from a real model.
 */
export function tokensOf(text: string): string[] {
  return text.match(token) ?? []
}
