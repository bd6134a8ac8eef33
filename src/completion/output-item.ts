/**
 * The items of a completion's output, in the shape and with the field names of the Responses API
 * (https://platform.openai.com/docs/api-reference/responses/object), whatever the wire format was.
 * Fields of the wire that are not named here are kept on the item as they came.
 */

/** How far an item is. An item still open when the run settles ends as `incomplete`. */
export type ItemStatus = 'in_progress' | 'completed' | 'incomplete' | 'failed' | (string & {})

/**
 * A citation, flat as in the Responses API whatever the format. Fields of the wire that are not named
 * here are kept.
 */
export interface Annotation {
  readonly type?: 'url_citation' | 'file_citation' | (string & {})
  readonly url?: string
  readonly title?: string
  /** Where in its text part what it supports begins, in characters as the provider counts them. */
  readonly start_index?: number
  /** Where it ends. */
  readonly end_index?: number
  readonly [field: string]: unknown
}

/** A stretch of the answer. */
export interface OutputTextPart {
  readonly type: 'output_text'
  readonly text: string
  readonly annotations?: readonly Annotation[]
}

/** The model's own words when it declines to answer. */
export interface RefusalPart {
  readonly type: 'refusal'
  readonly refusal: string
}

/** A message of the model, made of parts. */
export interface MessageItem {
  readonly type: 'message'
  readonly id?: string
  readonly role?: string
  /**
   * `commentary` for what the model says on its way, before and between its calls: that is in the
   * state's `commentary`, and not in `text`. Send it back with the message.
   */
  readonly phase?: 'commentary' | 'final_answer' | (string & {}) | null
  readonly status?: ItemStatus
  readonly content: readonly (OutputTextPart | RefusalPart)[]
}

/** A stretch of reasoning, raw (`reasoning_text`) or summarised (`summary_text`). */
export interface ReasoningPart {
  readonly type: 'reasoning_text' | 'summary_text'
  readonly text: string
}

/** What the model thought before it answered. */
export interface ReasoningItem {
  readonly type: 'reasoning'
  readonly id?: string
  readonly status?: ItemStatus
  readonly summary: readonly ReasoningPart[]
  readonly content?: readonly ReasoningPart[]
}

/** A call of a function tool that the app is to run. */
export interface FunctionCallItem {
  readonly type: 'function_call'
  readonly id?: string
  readonly call_id?: string
  readonly name: string
  /** JSON text, as far as it has arrived. */
  readonly arguments: string
  readonly status?: ItemStatus
}

/** A call of a custom tool that the app is to run. */
export interface CustomToolCallItem {
  readonly type: 'custom_tool_call'
  readonly id?: string
  readonly call_id?: string
  readonly name: string
  /** Free text, as far as it has arrived. */
  readonly input: string
  readonly status?: ItemStatus
}

/**
 * Work that the provider does itself, a call of one of its own tools that the app is to run, or a
 * request to approve one. Its fields are those of the wire.
 */
export interface HostedItem {
  readonly type:
    | 'additional_tools'
    | 'apply_patch_call'
    | 'apply_patch_call_output'
    | 'code_interpreter_call'
    | 'compaction'
    | 'computer_call'
    | 'computer_call_output'
    | 'custom_tool_call_output'
    | 'file_search_call'
    | 'function_call_output'
    | 'image_generation_call'
    | 'local_shell_call'
    | 'local_shell_call_output'
    | 'mcp_approval_request'
    | 'mcp_approval_response'
    | 'mcp_call'
    | 'mcp_list_tools'
    | 'program'
    | 'program_output'
    | 'shell_call'
    | 'shell_call_output'
    | 'tool_search_call'
    | 'tool_search_output'
    | 'web_search_call'
  readonly id?: string
  readonly status?: ItemStatus
  readonly [field: string]: unknown
}

/** A request to approve something, in a format that is not the Responses API's. */
export interface ApprovalRequestItem {
  readonly type: 'approval_request'
  /** What the answer must refer to. */
  readonly id: string
  /** The call that waits for it, if the format says. */
  readonly call_id?: string
  readonly name?: string
  readonly arguments?: string
  readonly message?: string
  readonly [field: string]: unknown
}

/**
 * One item of the output. An item of a type that this version does not know is kept as it came, so
 * give a `switch` on `type` a default branch.
 */
export type OutputItem =
  | MessageItem
  | ReasoningItem
  | FunctionCallItem
  | CustomToolCallItem
  | ApprovalRequestItem
  | HostedItem

/** An image that the model makes: a preview that gets better, then the final one. */
export interface GeneratedImage {
  /** The identifier of its output item. */
  readonly id: string | undefined
  /** The image, base64-encoded; `undefined` until the first preview. */
  readonly base64: string | undefined
  /** Whether `base64` is a preview. */
  readonly partial: boolean
  /** The image's file format as the provider names it, such as `'png'`. */
  readonly format: string | undefined
  readonly status: ItemStatus
}

/** A tool that the app is to run, whatever the format calls it. */
export interface ToolCall {
  /** What the tool's output must refer to: `call_id` in the Responses API, `id` in the others. */
  readonly id: string
  /** A function or custom tool of the app's own, or the type of the item for one of the provider's. */
  readonly type:
    | 'function'
    | 'custom'
    | 'apply_patch_call'
    | 'computer_call'
    | 'local_shell_call'
    | 'shell_call'
    | 'tool_search_call'
  /** The tool's name; for one of the provider's, the `type` without `_call`. */
  readonly name: string
  /**
   * The arguments' text, as far as it has arrived: JSON for a function, free text for a custom tool, for
   * a tool of the provider's the JSON of its `action`, `actions` or `operation`.
   */
  readonly arguments: string
  /**
   * The arguments so far: the value of the partial JSON, `undefined` before there is one and where the
   * text is no JSON; for a custom tool the text. Parsed when it is read, and once for each
   * state. Numbers, `true`, `false` and `null` in it are whole, strings may be cut off. Nothing has
   * checked it against a schema, so wait for `status` before you run the tool.
   *
   * A getter that is not enumerable: `{ ...call }`, `structuredClone` and `JSON.stringify` leave it out.
   */
  readonly input: unknown
  /** `completed` only for a call that arrived whole. */
  readonly status: ItemStatus
  /** Who called it, if the wire says so: a program of the model's, say. The tool's output must repeat it. */
  readonly caller?: unknown
  /** The namespace of the tool, if it has one. */
  readonly namespace?: string
  /** Whether the model goes on without waiting for the tool's output, if the wire says so. */
  readonly async?: boolean
}

/** What waits for the user's decision: a tool that nobody runs until it is approved. */
export interface Approval {
  /** What the answer must refer to. */
  readonly id: string
  /** The tool's name; empty if the wire has none. */
  readonly name: string
  /** The arguments' text; empty if the wire has none. */
  readonly arguments: string
  /** The value of `arguments`, as that of a {@link ToolCall}. */
  readonly input: unknown
  /** What the server has to say about it, if anything. */
  readonly message: string | undefined
  /** The item of the output that it stands in. */
  readonly item: OutputItem
}
