import { generate } from '../../schemas/generate.ts';
import type { Hooks } from './hooks.ts';
import { writeLocalHandler } from './invoke-local.ts';
import { preparationHooks } from './preparation-hooks.ts';
import { releaseHooks } from './release-hooks.ts';
import type { CommandOptions, PluginUtils, Serverless } from './serverless-api.ts';
import { defineBuild, stackHooks } from './stack-hooks.ts';

/** Serverless plugin for the sources: builds the validators, and makes `--stage` an alias of the functions. */
export class StageAliases {
  readonly hooks: Hooks;

  constructor(serverless: Serverless, options: CommandOptions, utils: PluginUtils) {
    defineBuild(serverless);
    this.hooks = {
      ...stackHooks(serverless),
      ...preparationHooks(serverless, options),
      ...releaseHooks(serverless, utils),
      // The validators in the bundles come from the schemas as they are now.
      'before:package:initialize': generate,
      'before:invoke:local:loadEnvVars': generate,
      'before:invoke:local:invoke': () => writeLocalHandler(serverless, options.function ?? ''),
    };
  }
}
