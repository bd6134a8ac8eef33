import type { Random } from '../../model/random.ts'

/**
 * Cuts the bytes of a stream as a network does: often at the end of an event, but also inside
 * one, and often inside a character, where faulty readers fail. The remaining bytes are
 * held back until more bytes follow.
 */
export class ByteBorders {
  readonly #random: Random
  readonly #encoder = new TextEncoder()
  #held = new Uint8Array(0)

  constructor(random: Random) {
    this.#random = random
  }

  /** The bytes to send now. */
  next(text: string): Uint8Array {
    const bytes = this.#with(text)
    const cut = this.#random() < 0.4 ? this.#cutIn(bytes) : bytes.length
    this.#held = bytes.slice(cut)
    return bytes.subarray(0, cut)
  }

  /** The bytes still held back. */
  rest(): Uint8Array {
    return this.#with('')
  }

  #with(text: string): Uint8Array {
    const encoded = this.#encoder.encode(text)
    const bytes = new Uint8Array(this.#held.length + encoded.length)
    bytes.set(this.#held)
    bytes.set(encoded, this.#held.length)
    this.#held = new Uint8Array(0)
    return bytes
  }

  #cutIn(bytes: Uint8Array): number {
    const inside: number[] = []
    bytes.forEach((byte, index) => {
      // 10xxxxxx continues a UTF-8 character.
      if ((byte & 0xc0) === 0x80) inside.push(index)
    })
    const anywhere = 1 + Math.floor(this.#random() * (bytes.length - 1))
    return inside[Math.floor(this.#random() * inside.length * 1.25)] ?? anywhere
  }
}
