import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { reasonOf, releaseService } from '../../../../shared/customer-stack/release-service.ts';
import { fakeRelease } from '../../../support/fakes/status-sources.ts';
import { cachesIn, runFolder } from '../../../support/run-folder.ts';

const service = `service: tried
provider: { name: aws, runtime: nodejs24.x, stage: prod, region: eu-west-1 }
plugins: [./plugin.cjs]
params: { default: { tracing: "false" } }
resources: { Outputs: { Tracing: { Value: "\${param:tracing}" } } }
`;

/** Says what it was called with and where, and lets no deploy begin. */
const plugin = `module.exports = class {
  constructor(serverless, options) {
    console.log('words ' + JSON.stringify(process.argv.slice(2)));
    console.log('folder ' + process.cwd());
    const aws = Object.entries(process.env).filter(([name]) => /^AWS_(?!SDK_)/.test(name));
    console.log('cache ' + process.env.SLS_SCHEMA_CACHE_BASE_DIR);
    console.log('aws ' + JSON.stringify(Object.fromEntries(aws)));
    console.log('Uploading something');
    const refuse = () => { throw new serverless.classes.Error('this account is closed'); };
    this.hooks = { 'before:deploy:deploy': refuse, 'before:package:initialize': () => {
      if (serverless.processedInput.commands[0] === 'deploy') refuse();
    } };
  }
};`;

let folder: string;
let printed: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'release-'));
  await writeFile(join(folder, 'serverless.yml'), service);
  await writeFile(join(folder, 'plugin.cjs'), plugin);
});
afterAll(() => rm(folder, { recursive: true }));

/** No region and no address: it could call nobody. Of the credentials, none are those that were resolved. */
const environment = {
  PATH: process.env.PATH,
  HOME: '/nowhere',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_PROFILE: 'other',
  AWS_DEFAULT_PROFILE: 'other',
  AWS_STAGING_ACCESS_KEY_ID: 'other',
  AWS_STAGING_PROFILE: 'other',
  AWS_SESSION_TOKEN: 'other',
};

const credentials = async () => ({ accessKeyId: 'the-id', secretAccessKey: 'the-key' });

const request = (parameters: Record<string, string>) => ({
  release: { ...fakeRelease(), folder },
  stage: 'staging' as const,
  parameters,
});

const serviceHere = (given: NodeJS.ProcessEnv = {}) => {
  printed = [];
  const verbose = (line: string) => printed.push(line);
  const place = { region: 'us-east-1', environment: { ...environment, ...given }, credentials, verbose };
  return releaseService(place);
};

const printedAfter = (what: string) =>
  printed.find((line) => line.startsWith(what))?.slice(what.length) ?? '';

describe('the template of a release', () => {
  let template: unknown;

  beforeAll(async () => {
    template = await serviceHere().template(request({ tracing: 'true' }));
  });

  it('is the one the framework makes with the parameters, without a call to AWS', () => {
    expect(template).toMatchObject({ Outputs: { Tracing: { Value: 'true' } } });
  });

  it('leaves the release as it was: the framework works in a copy, which is gone then', async () => {
    expect((await readdir(folder)).sort()).toEqual(['plugin.cjs', 'serverless.yml']);
    expect(printedAfter('folder ')).toMatch(/rosactl-/);
    expect(existsSync(printedAfter('folder '))).toBe(false);
  });

  it('leaves nothing in the home of the person: the framework has its cache in the copy', () => {
    expect(printedAfter('cache ')).toBe(printedAfter('folder '));
  });
});

describe('a deploy', () => {
  const said: string[] = [];
  let failure: unknown;

  beforeAll(async () => {
    const parameters = { tracing: 'true', kmsKeyArn: '' };
    const deployed = serviceHere(cachesIn(runFolder())).deploy(request(parameters), (text) =>
      said.push(text),
    );
    failure = await deployed.catch((error: unknown) => error);
  });

  it('is told stage, region, profile, release and every parameter that is not empty', () => {
    expect(JSON.parse(printedAfter('words '))).toEqual([
      ...['deploy', '--force', '--verbose', '--stage', 'staging', '--region', 'us-east-1'],
      ...['--param=tracing=true', '--param=release=0123456789ab'],
    ]);
  });

  it('has the credentials of the run, and no way to those of another account', () => {
    expect(JSON.parse(printedAfter('aws '))).toEqual({
      AWS_ACCESS_KEY_ID: 'the-id',
      AWS_SECRET_ACCESS_KEY: 'the-key',
      AWS_EC2_METADATA_DISABLED: 'true',
    });
  });

  it('uses the cache that the person gives the framework', () => {
    expect(printedAfter('cache ')).toBe(runFolder());
  });

  it('that fails is a StackFailure with the reason of the framework', () => {
    expect(failure).toMatchObject({
      name: 'StackFailure',
      message: 'serverless deploy failed: this account is closed',
      cause: { name: 'ServerlessError' },
    });
  });

  it('says how it gets on, and no more than that', () => {
    expect(said).toEqual(['Uploading something']);
  });

  it('leaves no copy when it fails', () => {
    expect(printedAfter('folder ')).toMatch(/rosactl-/);
    expect(existsSync(printedAfter('folder '))).toBe(false);
  });
});

describe('the reason of a failure', () => {
  it.each([
    ['is what follows Error:', 'Deploying\n\nError:\nno such bucket\n'],
    ['has no links', 'Error:\nno such bucket\nView the full error: https://console.aws.amazon.com'],
    [
      'has no banner, which comes on another stream',
      'Error:\nno such bucket\nEnvironment: linux\nDocs: here',
    ],
    ['is all that was printed, when nothing is marked', 'no such bucket'],
    ['is one line', 'Error:\n  no such\n\n   bucket'],
  ])('%s', (_what, output) => {
    expect(reasonOf(output)).toBe('no such bucket');
  });

  it('is no longer than a person reads', () => {
    const output = `Error:\n${'cannot resolve param at functions.one\n'.repeat(100)}`;
    expect(reasonOf(output)).toMatch(/^cannot resolve param/);
    expect(reasonOf(output).length).toBeLessThan(1_000);
  });
});
