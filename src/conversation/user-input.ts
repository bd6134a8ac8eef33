import { isRecord, textOf } from '../json/json-record.ts'

/** A file as data that can be sent and stored. `readAttachments` creates it from a `File`. */
export interface Attachment {
  /** A `data:` URL, or a URL that the provider can fetch. */
  readonly url: string
  /** The media type, such as `image/png`. */
  readonly type?: string | undefined
  readonly name?: string | undefined
}

/** The input of `send`: text, optionally with files and with parts in the format of the API. */
export type UserInput =
  | string
  | {
      readonly text?: string | undefined
      readonly files?: readonly Attachment[] | undefined
      /** Parts of the message's content in the format of the API, sent after the text and the files. */
      readonly parts?: readonly object[] | undefined
    }

/** The text of an input of any shape. */
export function inputText(input: unknown): string {
  return typeof input === 'string' ? input : isRecord(input) ? textOf(input['text']) : ''
}

/**
 * Reads files into {@link Attachment | attachments}, for `send({ text, files })`.
 *
 * @param files for example those of `<input type="file">`
 */
export function readAttachments(files: Iterable<File>): Promise<Attachment[]> {
  return Promise.all([...files].map(readAttachment))
}

async function readAttachment(file: File): Promise<Attachment> {
  const { name, type } = file
  const url = await new Promise<string>((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(reader.result as string)
    reader.onerror = () => reject(reader.error ?? new Error('The file cannot be read.'))
    reader.readAsDataURL(file)
  })
  return { url, type, name }
}
