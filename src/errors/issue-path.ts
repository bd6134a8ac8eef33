import type { ValidationIssue } from './completion-error.ts'

/** The path of an issue within the value, such as `$.steps.0.text`. */
export function issuePath({ path = [] }: Partial<ValidationIssue>): string {
  const names = path.map((step) =>
    String((Object(step) as { key?: PropertyKey }).key ?? (step as PropertyKey)),
  )
  return ['$', ...names].join('.')
}
