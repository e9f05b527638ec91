import { chromiumPath, noChromium } from './tools/browser/chromium.ts';

const typescript = {
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/tests/support/strip-types.js' },
  modulePathIgnorePatterns: ['<rootDir>/.serverless', '<rootDir>/.esbuild'],
};

const project = (name) => ({
  ...typescript,
  displayName: name,
  testMatch: [`<rootDir>/tests/${name}/**/*.test.ts`],
});

const hasBrowser = chromiumPath() !== undefined;
if (!hasBrowser) process.stderr.write(noChromium);

export default {
  // unit: no network. package: the packaged template and zips. integration: the laptop AWS, over the network.
  // browser: the report in headless Chromium.
  projects: ['unit', 'package', 'integration', ...(hasBrowser ? ['browser'] : [])].map(project),
  // The machine that counts has two cores.
  maxWorkers: 2,
  // An invocation on the laptop starts a process and may be one of many; no test measures time by this.
  testTimeout: 60_000,
};
