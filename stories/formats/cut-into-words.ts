/** Words with their leading space, like most tokens. */
export function cutIntoWords(text: string): readonly string[] {
  return text.match(/\s*\S+/g) ?? []
}
