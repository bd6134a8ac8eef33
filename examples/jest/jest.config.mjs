/** Babel to CommonJS, the default of Jest with a Babel config. */
export default {
  testEnvironment: './jest-environment-streams.mjs',
  // The package is published as ES modules: Babel compiles it too.
  transformIgnorePatterns: ['/node_modules/(?!use-streaming-completion/)'],
}
