/** The beginning of the `object` field of a Completions chunk or of a whole response. */
export const eventObject: RegExp = /^(chat\.completion|text_completion|response$)/

/** The `type` of an event of the Responses API. */
export const eventType: RegExp = /^response\./

/** A field in the JSON of an event that names its format or reports an error. */
export const eventMark: RegExp =
  /"(choices"\s*:\s*\[|object"\s*:\s*"(chat\.completion|text_completion|response")|type"\s*:\s*"(response\.|error")|error"\s*:\s*\{\s*")/
