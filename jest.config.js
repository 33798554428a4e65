/** @type {import('jest').Config} */
export default {
  // Test files run in bare Node and share their modules: loading them anew for each file cost more than all tests.
  // Processes and not threads, since some tests change the working directory.
  runner: '<rootDir>/test/helpers/runner.js',
  injectGlobals: false,
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  maxWorkers: '100%',
  reporters: ['default', '<rootDir>/test/helpers/plain-reporter.js'],
};
