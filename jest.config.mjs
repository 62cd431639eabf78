/** The longest proofs are there in `npm run soak` alone. */
const suites = process.env.STUDIO_SOAK === '1' ? 'unit,int,e2e,soak' : 'unit,int,e2e';

/** Node strips the types, so nothing is transformed; `scripts/test.mjs` starts Jest with ESM on. */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {},
  testMatch: [`**/*.{${suites}}.test.ts`],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/data/'],
  modulePathIgnorePatterns: ['<rootDir>/data/'],
  watchPathIgnorePatterns: ['<rootDir>/data/'],
  globalSetup: '<rootDir>/tests/fixtures/testRun.mjs',
  globalTeardown: '<rootDir>/tests/fixtures/testRunEnd.mjs',
  // Most suites keep a processor busy, with what they start; more than two at a time only wait for each other.
  maxWorkers: 2,
  // Modules of suites that are over stay in memory; a worker that has gathered so much makes room for a new one.
  workerIdleMemoryLimit: '800MB',
  // Ends what hangs. Not a measure of speed: tests wait for what is to happen, on machines of any speed.
  testTimeout: 240_000,
  errorOnDeprecated: true,
  // What runs inside of tests; scripts/coverage.mjs adds the processes that they start.
  coverageProvider: 'v8',
  collectCoverageFrom: [
    '*/src/**/*.ts',
    '!**/*.test.ts',
    '!*/src/testing/**',
    '!query-api/src/page/client/**',
  ],
};
