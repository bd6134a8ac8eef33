import { isRecord, textOf } from '../json/json-record.ts'

/** A file as data, so that it can be sent and stored. `readAttachments` makes them of files. */
export interface Attachment {
  /** Where the file is: a `data:` URL, or one that the provider can fetch. */
  readonly url: string
  /** The media type, such as `image/png`. */
  readonly type?: string | undefined
  readonly name?: string | undefined
}

/** What a user can say: text, or text with files and with parts in the shape of the API. */
export type UserInput =
  | string
  | {
      readonly text?: string | undefined
      readonly files?: readonly Attachment[] | undefined
      /** Parts of the message's content as the API has them, sent after the text and the files. */
      readonly parts?: readonly object[] | undefined
    }

/** The text of an input of any shape. */
export function inputText(input: unknown): string {
  return typeof input === 'string' ? input : isRecord(input) ? textOf(input['text']) : ''
}

/**
 * Reads files into {@link Attachment | attachments}, for `send({ text, files })`.
 *
 * @param files such as those of `<input type="file">`
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
