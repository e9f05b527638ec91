import { createRequire } from 'node:module';

// The plugin is TypeScript, which Node runs by itself from 22.18 on. npm and npx put the right Node, the one in
// node_modules/.bin, first on the PATH; a `serverless` started in another way may not have it.
if (!process.features.typescript) {
  throw new Error(
    `this needs Node 22.18 or newer and runs on ${process.version}. Start it with "npx serverless", which finds the Node of the project`,
  );
}

// The framework loads plugins with require, which allows no top-level await in them.
export default createRequire(import.meta.url)('./stage-aliases.ts').StageAliases;
