/** The rooms of `src`, in the order in which the data flows. Each imports only those before it. */
const rooms = [
  'json',
  'text',
  'errors',
  'wire',
  'formats',
  'completion',
  'diagnosis',
  'publishing',
  'request',
  'run',
  'resume',
  'moderation',
  'client',
  'tabs',
  'structured',
  'tools',
  'conversation',
  'accessibility',
  'testing',
  'react',
]

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circle',
      comment: 'Move what both files need into the one that owns it.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...rooms.slice(0, -1).map((room, position) => ({
      name: `direction-of-${room}`,
      comment: `src/${room} imports only the rooms before it: ${rooms.join(' → ')}.`,
      severity: 'error',
      from: { path: `^src/${room}/` },
      to: { path: `^src/(${rooms.slice(position + 1).join('|')})/|^src/[^/]+\\.ts$` },
    })),
    {
      name: 'formats-inside',
      comment: 'A format is made of the vocabulary, never the other way round.',
      severity: 'error',
      from: { path: '^src/formats/vocabulary/' },
      to: { path: '^src/formats/', pathNot: '^src/formats/vocabulary/' },
    },
    {
      name: 'opt-in-rooms',
      comment: 'A hook reaches these through an option, so that an app pays for what it imports.',
      severity: 'error',
      from: { path: '^src/(client|run|request|publishing|completion|formats|wire)/' },
      to: { path: '^src/(resume|moderation|tabs|structured|tools|conversation)/' },
    },
    {
      name: 'react-in-react',
      comment: 'Only src/react imports React.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/react/' },
      to: { path: '(^|/)node_modules/(@types/)?react(-dom)?/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.js'] },
  },
}
