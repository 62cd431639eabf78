/** Node strips the types, so nothing is transformed; `scripts/test.mjs` starts Jest with ESM on. */
export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {},
  testMatch: ['**/*.{unit,int,e2e}.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/data/'],
  modulePathIgnorePatterns: ['<rootDir>/data/'],
  watchPathIgnorePatterns: ['<rootDir>/data/'],
  // Suites with a real Postgres start one each; more than two at a time only wait for each other.
  maxWorkers: 2,
  testTimeout: 60_000,
  errorOnDeprecated: true,
};
