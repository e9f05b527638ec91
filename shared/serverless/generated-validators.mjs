import { createRequire } from 'node:module';

// TypeScript, which Node runs by itself from 22.18 on; "npx serverless" finds the Node of the project.
const require = createRequire(import.meta.url);
const { generate } = require('../../schemas/generate.ts');
const { defineBuild } = require('./stack-hooks.ts');

/** Serverless plugin: the validators in the bundles come from the schemas as they are now. */
export default class GeneratedValidators {
  hooks = { 'before:package:initialize': generate };

  constructor(serverless) {
    defineBuild(serverless);
  }
}
