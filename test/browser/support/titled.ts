/** Rows for `test.each`, so that `%s` in a test's name is the row's `what` as it stands, not quoted or cut. */
export function titled<Row extends { readonly what: string }>(rows: readonly Row[]) {
  return rows.map((row) => [row.what, row] as const)
}
