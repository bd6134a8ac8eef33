/**
 * The items of a completion's output, in the shape and with the field names of the Responses API
 * (https://platform.openai.com/docs/api-reference/responses/object) for every wire format. Other fields
 * of the wire are kept on the item unchanged.
 */

/** The progress of an item. An item that is still open when the run settles ends as `incomplete`. */
export type ItemStatus = 'in_progress' | 'completed' | 'incomplete' | 'failed' | (string & {})

/**
 * A citation, in the flat shape of the Responses API for every format. Other fields of the wire are kept.
 */
export interface Annotation {
  readonly type?: 'url_citation' | 'file_citation' | (string & {})
  readonly url?: string
  readonly title?: string
  /** Where the cited passage starts in its text part, in characters as the provider counts them. */
  readonly start_index?: number
  /** Where it ends. */
  readonly end_index?: number
  readonly [field: string]: unknown
}

/** A part of the answer. */
export interface OutputTextPart {
  readonly type: 'output_text'
  readonly text: string
  readonly annotations?: readonly Annotation[]
}

/** The model's explanation when it declines to answer. */
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
   * `commentary` for progress messages before and between tool calls: they are in the state's
   * `commentary`, not in `text`. Send the phase back with the message.
   */
  readonly phase?: 'commentary' | 'final_answer' | (string & {}) | null
  readonly status?: ItemStatus
  readonly content: readonly (OutputTextPart | RefusalPart)[]
}

/** A part of the reasoning, raw (`reasoning_text`) or summarised (`summary_text`). */
export interface ReasoningPart {
  readonly type: 'reasoning_text' | 'summary_text'
  readonly text: string
}

/** The model's reasoning before its answer. */
export interface ReasoningItem {
  readonly type: 'reasoning'
  readonly id?: string
  readonly status?: ItemStatus
  readonly summary: readonly ReasoningPart[]
  readonly content?: readonly ReasoningPart[]
}

/** A call of a function tool that the app runs. */
export interface FunctionCallItem {
  readonly type: 'function_call'
  readonly id?: string
  readonly call_id?: string
  readonly name: string
  /** The JSON text received so far. */
  readonly arguments: string
  readonly status?: ItemStatus
}

/** A call of a custom tool that the app runs. */
export interface CustomToolCallItem {
  readonly type: 'custom_tool_call'
  readonly id?: string
  readonly call_id?: string
  readonly name: string
  /** The text received so far. */
  readonly input: string
  readonly status?: ItemStatus
}

/**
 * Work that the provider does itself, a call of a provider-defined tool that the app runs, or a request
 * to approve one. It has the fields of the wire.
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
  /** The id to refer to in the answer. */
  readonly id: string
  /** The call that waits for it, if the format specifies one. */
  readonly call_id?: string
  readonly name?: string
  readonly arguments?: string
  readonly message?: string
  readonly [field: string]: unknown
}

/**
 * One item of the output. Items of unknown types are kept unchanged, so give a `switch` on `type` a
 * default branch.
 */
export type OutputItem =
  | MessageItem
  | ReasoningItem
  | FunctionCallItem
  | CustomToolCallItem
  | ApprovalRequestItem
  | HostedItem

/** An image that the model generates: previews, then the final image. */
export interface GeneratedImage {
  /** The identifier of its output item. */
  readonly id: string | undefined
  /** The image, base64-encoded; `undefined` until the first preview. */
  readonly base64: string | undefined
  /** The address of the image, if the server sent that instead of its data. */
  readonly url: string | undefined
  /** Whether `base64` is a preview. */
  readonly partial: boolean
  /** The image's file format as the provider names it, such as `'png'`. */
  readonly format: string | undefined
  readonly status: ItemStatus
}

/** A call of a tool that the app runs, in the same shape for every format. */
export interface ToolCall {
  /** The id to refer to in the tool's output: `call_id` in the Responses API, `id` in the others. */
  readonly id: string
  /** `function` or `custom` for the app's own tools; for provider-defined tools, the type of the item. */
  readonly type:
    | 'function'
    | 'custom'
    | 'apply_patch_call'
    | 'computer_call'
    | 'local_shell_call'
    | 'shell_call'
    | 'tool_search_call'
  /** The tool's name; for a provider-defined tool, the `type` without `_call`. */
  readonly name: string
  /**
   * The text of the arguments received so far: JSON for a function, free text for a custom tool, and for
   * a provider-defined tool the JSON of its `action`, `actions` or `operation`.
   */
  readonly arguments: string
  /**
   * The parsed arguments so far: the value of the partial JSON, or the text for a custom tool. `undefined`
   * before there is a value, and if the text is not JSON. Parsed when it is read, once per state.
   * Numbers, `true`, `false` and `null` are whole; strings may be cut off. It is not validated against a
   * schema, so wait for `status` before you run the tool.
   *
   * A non-enumerable getter: `{ ...call }`, `structuredClone` and `JSON.stringify` omit it.
   */
  readonly input: unknown
  /** `completed` only if the whole call arrived. */
  readonly status: ItemStatus
  /** The caller, if the wire has one, for example a program of the model. Repeat it in the tool's output. */
  readonly caller?: unknown
  /** The namespace of the tool, if it has one. */
  readonly namespace?: string
  /** Whether the model continues without waiting for the tool's output, if the wire has this field. */
  readonly async?: boolean
}

/** An action that waits for the user's approval before it runs. */
export interface Approval {
  /** The id to refer to in the answer. */
  readonly id: string
  /** The tool's name; empty if the wire has none. */
  readonly name: string
  /** The text of the arguments; empty if the wire has none. */
  readonly arguments: string
  /** The parsed `arguments`, as in a {@link ToolCall}. */
  readonly input: unknown
  /** The server's message about it, if any. */
  readonly message: string | undefined
  /** The output item that contains it. */
  readonly item: OutputItem
}
