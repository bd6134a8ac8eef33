/**
 * The type of a value of type `T` while its JSON streams in: fields may still be missing, lists may be
 * incomplete, and strings may be cut off, so literal types become `string`.
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
