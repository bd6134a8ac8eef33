/** The chunks of the body, as they arrived. */
export async function readChunks(response: Response): Promise<Uint8Array[]> {
  const chunks: Uint8Array[] = []
  for await (const chunk of response.body!) chunks.push(chunk)
  return chunks
}
