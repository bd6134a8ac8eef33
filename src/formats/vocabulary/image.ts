import type { JsonRecord } from '../../json/json-record.ts'

/**
 * The output item for an image of the answer. It has the data of a data URL; any other URL is for the app to
 * load.
 */
export function imageItem(url: string): JsonRecord {
  const [, format, result] = /^data:image\/([\w.+-]+)[^,]*;base64,(.*)$/s.exec(url) ?? []
  const data = result === undefined ? { url } : { result, output_format: format }
  return { type: 'image_generation_call', status: 'completed', ...data }
}
