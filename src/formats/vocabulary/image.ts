import type { JsonRecord } from '../../json/json-record.ts'

/**
 * An image of the answer as an item of the output: the data of a data URL, or else its address, which is
 * for the app to load.
 */
export function imageItem(url: string): JsonRecord {
  const [, format, result] = /^data:image\/([\w.+-]+)[^,]*;base64,(.*)$/s.exec(url) ?? []
  const data = result === undefined ? { url } : { result, output_format: format }
  return { type: 'image_generation_call', status: 'completed', ...data }
}
