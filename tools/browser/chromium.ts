import { existsSync } from 'node:fs';
import { optional, readEnvironment } from '../../shared/environment.ts';

/** Where distributions, and Google's and Apple's installers, put Chromium or Chrome. */
const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/snap/bin/chromium',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** What a machine without a browser is told. */
export const noChromium = `The browser tests are left out: there is no Chromium at ${usualPlaces.join(', ')}.
Install it (Debian: apt-get install chromium), or name another in CHROMIUM_PATH.
`;

/**
 * The browser that the tests drive: that of CHROMIUM_PATH, else one at a usual place.
 * @returns its path; undefined when there is none
 * @throws Error when CHROMIUM_PATH names no file
 */
export function chromiumPath(): string | undefined {
  const { CHROMIUM_PATH: named } = readEnvironment({ CHROMIUM_PATH: optional });
  if (named === undefined) return usualPlaces.find((path) => existsSync(path));
  if (existsSync(named)) return named;
  throw new Error(`CHROMIUM_PATH is ${named}, and there is no such file`);
}
