const swc = (parser) => [
  '@swc/jest',
  {
    jsc: {
      parser: { syntax: 'typescript', ...parser },
      transform: { react: { runtime: 'automatic', importSource: 'hono/jsx' } },
      target: 'es2022',
    },
    module: { type: 'es6' },
    sourceMaps: 'inline',
  },
];

/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  injectGlobals: false,
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // TypeScript 7 has no JavaScript API, so swc strips the types; tsc checks them on its own.
  transform: { '\\.ts$': swc({}), '\\.tsx$': swc({ tsx: true }) },
  // Both cores; a worker that has grown is replaced, since each test file leaves its modules behind.
  maxWorkers: '100%',
  workerIdleMemoryLimit: '1GB',
  testTimeout: 300_000,
  reporters: ['default', '<rootDir>/test/helpers/plain-reporter.js'],
};
