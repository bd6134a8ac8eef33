/** Babel to CommonJS, which is what Jest does by itself where there is a Babel config. */
export default {
  testEnvironment: './jest-environment-streams.mjs',
  // The package is published as ES modules: Babel compiles it too.
  transformIgnorePatterns: ['/node_modules/(?!use-streaming-completion/)'],
}
