/** Babel, keeping ES modules, for `node --experimental-vm-modules`. */
export default {
  testEnvironment: './jest-environment-streams.mjs',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
}
