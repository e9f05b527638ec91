const typescript = {
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/tests/support/strip-types.js' },
  modulePathIgnorePatterns: ['<rootDir>/.serverless', '<rootDir>/.esbuild'],
};

export default {
  projects: [{ ...typescript, displayName: 'unit', testMatch: ['<rootDir>/tests/unit/**/*.test.ts'] }],
};
