import { opened, place, type EventCases, type StreamEvent } from '../support/event-case.ts'

const openedShell = opened({
  type: 'shell_call',
  call_id: 'call_1',
  action: { commands: [], timeout_ms: 1000 },
})
const openedOutput = opened({ type: 'shell_call_output', call_id: 'call_1', output: [] })

// The events about commands contain only the index of the item, not its id.
const commandPlace = { output_index: 1, sequence_number: 7 }

const added = (index: number, command: string): StreamEvent => ({
  type: 'response.shell_call_command.added',
  ...commandPlace,
  command_index: index,
  command,
})

const outputDelta = (index: number, delta: { stdout?: string; stderr?: string }): StreamEvent => ({
  type: 'response.shell_call_output_content.delta',
  ...place,
  command_index: index,
  delta,
})

/** Shell calls: commands and their output, by `command_index`. */
export const shellCases: EventCases<
  | 'response.shell_call_command.added'
  | 'response.shell_call_command.delta'
  | 'response.shell_call_command.done'
  | 'response.shell_call_output_content.delta'
  | 'response.shell_call_output_content.done'
> = {
  'response.shell_call_command.added': {
    effect: 'opens a command; the other fields of the action stay',
    before: [openedShell, added(0, 'ls')],
    event: {
      type: 'response.shell_call_command.added',
      ...commandPlace,
      command_index: 1,
      command: '',
    },
    after: { output: [{}, { action: { commands: ['ls', ''], timeout_ms: 1000 } }] },
  },
  'response.shell_call_command.delta': {
    effect: 'appends to the command at its command_index',
    before: [openedShell, added(0, 'ls'), added(1, 'pwd')],
    event: {
      type: 'response.shell_call_command.delta',
      ...commandPlace,
      command_index: 0,
      delta: ' -l',
      obfuscation: 'xxxx',
    },
    after: { output: [{}, { action: { commands: ['ls -l', 'pwd'] } }] },
  },
  'response.shell_call_command.done': {
    effect: 'replaces the command at its command_index',
    before: [openedShell, added(0, 'ls'), added(1, 'pw')],
    event: {
      type: 'response.shell_call_command.done',
      ...commandPlace,
      command_index: 1,
      command: 'pwd',
    },
    after: { output: [{}, { action: { commands: ['ls', 'pwd'] } }] },
  },
  'response.shell_call_output_content.delta': {
    effect: 'appends to the output of its command, each stream to its own',
    before: [openedOutput, outputDelta(0, { stdout: 'a' }), outputDelta(1, { stdout: 'b' })],
    event: {
      type: 'response.shell_call_output_content.delta',
      ...place,
      command_index: 0,
      delta: { stdout: 'A', stderr: '!' },
    },
    after: {
      output: [
        {},
        {
          output: [
            { stdout: 'aA', stderr: '!' },
            { stdout: 'b', stderr: '' },
          ],
        },
      ],
    },
  },
  'response.shell_call_output_content.done': {
    effect: 'replaces the output of its command and says how it ended',
    before: [openedOutput, outputDelta(0, { stdout: 'a' }), outputDelta(1, { stdout: 'b' })],
    event: {
      type: 'response.shell_call_output_content.done',
      ...place,
      command_index: 1,
      output: [{ stdout: 'bB', stderr: '', outcome: { type: 'exit', exit_code: 0 } }],
    },
    after: {
      output: [
        {},
        {
          output: [
            { stdout: 'a' },
            { stdout: 'bB', stderr: '', outcome: { type: 'exit', exit_code: 0 } },
          ],
        },
      ],
    },
  },
}
