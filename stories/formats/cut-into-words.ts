/** Words with the space before them, as tokens mostly are. */
export function cutIntoWords(text: string): readonly string[] {
  return text.match(/\s*\S+/g) ?? []
}
