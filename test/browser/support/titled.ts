/** Rows for `test.each` in which `%s` stands for the row's `what`, neither quoted nor cut. */
export function titled<Row extends { readonly what: string }>(rows: readonly Row[]) {
  return rows.map((row) => [row.what, row] as const)
}
