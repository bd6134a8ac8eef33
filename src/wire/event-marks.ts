/** What the `object` of a Completions chunk or of a whole response begins with. */
export const eventObject: RegExp = /^(chat\.completion|text_completion|response$)/

/** The `type` of an event of the Responses API. */
export const eventType: RegExp = /^response\./
