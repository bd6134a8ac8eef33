type Bytes = Uint8Array<ArrayBuffer>

export function seededRandom(seed: number): () => number

export function cutAt(body: Bytes, places: readonly number[]): Bytes[]

export function everyByte(body: Bytes): Bytes[]

export function randomCutting(body: Bytes, random: () => number): Bytes[]

export function streamOf(chunks: readonly Bytes[]): ReadableStream<Bytes>
