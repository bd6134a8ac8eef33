import type { ValidationIssue } from '../errors/completion-error.ts'

/** The result of validation. */
export type ValidationResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly ValidationIssue[] }

/**
 * A schema of any library that follows Standard Schema, version 1 (https://standardschema.dev): Zod,
 * Valibot, ArkType and others.
 */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    readonly validate: (
      value: unknown,
    ) => ValidationResult<Output> | PromiseLike<ValidationResult<Output>>
    readonly types?: { readonly input: Input; readonly output: Output } | undefined
  }
}
