import { chromiumPath, noChromium } from './tools/browser/chromium.ts';

const typescript = {
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/tests/support/strip-types.js' },
  modulePathIgnorePatterns: ['<rootDir>/((regional|accounts)/)?\\.(serverless|esbuild)/'],
};

const withLaptops = {
  globalSetup: '<rootDir>/tests/support/laptops-begin.ts',
  globalTeardown: '<rootDir>/tests/support/laptops-end.ts',
};

const project = (name) => ({
  ...typescript,
  ...(['integration', 'interruptions'].includes(name) && withLaptops),
  displayName: name,
  testMatch: [`<rootDir>/tests/${name}/**/*.test.ts`],
});

const hasBrowser = chromiumPath() !== undefined;
if (!hasBrowser) process.stderr.write(noChromium);

export default {
  // unit: no network. simulation: controllers in virtual time, many seeds. package: the packaged template and zips. integration: the laptop AWS, over the network.
  // browser: the report in headless Chromium.
  // interruptions: more of what integration has, and not a part of `npm test`.
  projects: [
    'unit',
    'simulation',
    'package',
    'integration',
    ...(hasBrowser ? ['browser'] : []),
    'interruptions',
  ].map(project),
  // They make and remove a folder for what the tests of a run share.
  globalSetup: '<rootDir>/tests/support/run-begins.ts',
  globalTeardown: '<rootDir>/tests/support/run-ends.ts',
  testSequencer: '<rootDir>/tests/support/longest-first.js',
  // The machine that counts has two cores.
  maxWorkers: 2,
  // An invocation on the laptop starts a process and may be one of many; no test measures time by this.
  testTimeout: 60_000,
};
