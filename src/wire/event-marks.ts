/** The beginning of the `object` field of a Completions chunk or of a whole response. */
export const eventObject: RegExp = /^(chat\.completion|text_completion|response$)/

/** The `type` of an event of the Responses API. */
export const eventType: RegExp = /^response\./
