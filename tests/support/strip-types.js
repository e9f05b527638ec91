import { stripTypeScriptTypes } from 'node:module';

/**
 * Jest transformer: removes TypeScript's types the way Node itself does when it runs a `.ts` file, so that
 * tests, tools and the laptop AWS all run the very same code. Positions are kept; no source map is needed.
 * https://nodejs.org/docs/latest-v24.x/api/module.html#modulestriptypescripttypescode-options
 */
export default {
  process: (source) => ({ code: stripTypeScriptTypes(source) }),
};
