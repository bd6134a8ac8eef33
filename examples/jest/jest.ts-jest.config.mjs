/** ts-jest for the app, and Babel for the package, because ts-jest does not compile JavaScript. */
export default {
  testEnvironment: './jest-environment-streams.mjs',
  transform: {
    '\\.tsx?$': 'ts-jest',
    '/node_modules/use-streaming-completion/.+\\.js$': 'babel-jest',
  },
  transformIgnorePatterns: ['/node_modules/(?!use-streaming-completion/)'],
}
