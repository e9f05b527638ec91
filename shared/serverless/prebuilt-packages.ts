import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { copyPrefix } from '../customer-stack/copy-prefix.ts';
import { verifiedRelease } from '../customer-stack/verified-release.ts';
import { fail, type Hooks } from './hooks.ts';
import type { Serverless } from './serverless-api.ts';
import { defineBuild, stackHooks } from './stack-hooks.ts';

/** Takes the packages of the release instead of building some. */
async function takePackages(serverless: Serverless): Promise<void> {
  const { serviceDir, service } = serverless;
  const release = await verifiedRelease(serviceDir).catch((error: Error) =>
    fail(serverless, error.message, error),
  );
  for (const { handlerKey, artifact } of release.functions) {
    const one = service.functions[handlerKey];
    if (one) one.package = { ...one.package, artifact: join(serviceDir, artifact) };
  }
}

/**
 * A deploy must not go on when rosactl, which started it, was killed: the person may already run it again. Nobody
 * else is left to remove the copy of the release it works in.
 */
function endWithParent({ serviceDir }: Serverless): void {
  if (!process.channel) return;
  process.once('disconnect', () => {
    if (basename(serviceDir).startsWith(copyPrefix)) rmSync(serviceDir, { recursive: true, force: true });
    process.exit(1);
  });
  process.channel.unref();
}

/**
 * Serverless plugin of the release that rosactl carries: deploys the stack from prebuilt packages. rosactl itself
 * then publishes, tries and points the aliases.
 */
export default class PrebuiltPackages {
  readonly hooks: Hooks;

  constructor(serverless: Serverless) {
    endWithParent(serverless);
    defineBuild(serverless);
    this.hooks = {
      ...stackHooks(serverless),
      'before:package:initialize': () => takePackages(serverless),
    };
  }
}
