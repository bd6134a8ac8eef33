/**
 * What a value of type `T` looks like while its JSON streams in: any field may still be missing, a
 * list may still be short, and a string may be the beginning of one, so literal types are `string`.
 */
export type DeepPartial<T> = unknown extends T
  ? T
  : T extends string
    ? string
    : T extends readonly unknown[]
      ? number extends T['length']
        ? readonly DeepPartial<T[number]>[]
        : { readonly [K in keyof T]?: DeepPartial<T[K]> }
      : T extends object
        ? { readonly [K in keyof T]?: DeepPartial<T[K]> }
        : T
