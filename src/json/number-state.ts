/**
 * Where a JSON number stands: after `-` 1, a leading zero 2, other digits 3, the point 4, a digit of
 * the fraction 5, `e` 6, its sign 7, a digit of the exponent 8.
 */
export type NumberState = number

const afterDigit = [3, 3, 0, 3, 5, 5, 8, 8, 8]

/**
 * The state after one more character, from 0; 0 if the number cannot go on with it. It may end after any
 * digit.
 */
export function nextNumberState(state: NumberState, code: number): NumberState {
  if (code > 47 && code < 58) return code === 48 && state < 2 ? 2 : (afterDigit[state] ?? 0)
  if (code === 46) return state === 2 || state === 3 ? 4 : 0
  if (code === 69 || code === 101) return state === 2 || state === 3 || state === 5 ? 6 : 0
  if (code === 45) return state === 0 ? 1 : state === 6 ? 7 : 0
  return code === 43 && state === 6 ? 7 : 0
}
