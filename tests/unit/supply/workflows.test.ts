import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import project from '../../../package.json' with { type: 'json' };

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}
interface Job {
  'runs-on': string;
  permissions?: Record<string, string>;
  if?: string;
  needs?: string | string[];
  strategy?: { matrix: { node: string[] } };
  steps: Step[];
}
interface Workflow {
  on: Record<string, unknown>;
  permissions: Record<string, string>;
  jobs: Record<string, Job>;
}

const folder = new URL('../../../.github/workflows/', import.meta.url);
const textOf = (file: string): Promise<string> => readFile(new URL(file, folder), 'utf8');
const workflow = async (file: string): Promise<Workflow> => parse(await textOf(file));

const files = await readdir(folder);
const runs = ({ steps }: Job): string[] => steps.flatMap(({ run }) => run ?? []);

describe.each(files)('the workflow %s', (file) => {
  it("uses GitHub's own actions, each by a full commit with its version beside it", async () => {
    const used = (await textOf(file)).split('\n').filter((line) => /\buses:/.test(line));
    expect(used.length).toBeGreaterThan(0);
    for (const line of used) {
      expect(line).toMatch(/uses: actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  it('uses one version of each action', async () => {
    const used = [...(await textOf(file)).matchAll(/uses: (actions\/[a-z-]+)@(.+)$/gm)];
    const versions = new Map(used.map(([, action = '', version = '']) => [action, version]));
    expect(used.map(([, action = '']) => versions.get(action))).toEqual(used.map(([, , version]) => version));
  });

  it('keeps no secret, and leaves no credential behind for what it runs', async () => {
    expect(await textOf(file)).not.toContain('secrets.');
    const steps = Object.values((await workflow(file)).jobs).flatMap((job) => job.steps);
    for (const { with: given } of steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'))) {
      expect(given).toEqual({ 'persist-credentials': false });
    }
  });

  it('puts nothing that comes from outside into a script', async () => {
    for (const script of Object.values((await workflow(file)).jobs).flatMap(runs)) {
      expect(script).not.toContain('${{');
    }
  });

  it('runs on a named image, with the Node of this project', async () => {
    for (const job of Object.values((await workflow(file)).jobs)) {
      expect(job['runs-on']).toMatch(/^ubuntu-\d\d\.\d\d$/);
      const setUp = job.steps.find(({ uses }) => uses?.startsWith('actions/setup-node@'));
      // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub fills this in, not JavaScript
      const wanted = job.strategy ? '${{ matrix.node }}' : project.devDependencies.node;
      expect(setUp?.with?.['node-version'] ?? wanted).toBe(wanted);
    }
  });
});

describe('a push or a pull request', () => {
  it('has to pass .ci/run, with the oldest Node of "engines" and with that of the functions', async () => {
    const { on, jobs } = await workflow('ci.yml');
    const oldest = project.engines.node.replace('>=', '');
    expect(Object.keys(on).sort()).toEqual(['pull_request', 'push']);
    expect(jobs.test?.strategy?.matrix.node).toEqual([`${oldest}.0`, project.devDependencies.node]);
    expect(runs(jobs.test as Job)).toContain('.ci/run');
  });

  it('is asked for known weaknesses, and leaves its bill of materials', async () => {
    const { jobs } = await workflow('ci.yml');
    expect(runs(jobs['supply-chain'] as Job)).toEqual(['npm run audit', 'npm run sbom']);
  });

  it('may read the sources and nothing else', async () => {
    const { permissions, jobs } = await workflow('ci.yml');
    expect(permissions).toEqual({ contents: 'read' });
    expect(Object.values(jobs).map((job) => job.permissions)).toEqual([undefined, undefined]);
  });
});

describe('a release', () => {
  it('is made of a tag that has passed the same', async () => {
    const { on, jobs } = await workflow('release.yml');
    expect(on).toEqual({ push: { tags: ['v*'] } });
    expect(runs(jobs.build as Job)).toEqual(expect.arrayContaining(['.ci/run', 'npm run audit']));
    expect(jobs.publish?.needs).toBe('build');
  });

  it('gives each job what it needs: what builds may write nothing, what writes runs no code of the sources', async () => {
    const { permissions, jobs } = await workflow('release.yml');
    expect(permissions).toEqual({});
    expect(Object.fromEntries(Object.entries(jobs).map(([name, job]) => [name, job.permissions]))).toEqual({
      build: { contents: 'read' },
      publish: { contents: 'write', 'id-token': 'write', attestations: 'write' },
      npm: { 'id-token': 'write' },
    });
    const writing = [jobs.publish, jobs.npm].flatMap((job) => job?.steps ?? []);
    expect(writing.filter(({ uses }) => uses?.startsWith('actions/checkout@'))).toEqual([]);
  });

  it('attests the origin of each file, and the bill of materials of the tarball', async () => {
    const { jobs } = await workflow('release.yml');
    const attested = (jobs.publish as Job).steps.filter(({ uses }) => uses?.startsWith('actions/attest@'));
    expect(attested.map((step) => step.with)).toEqual([
      { 'subject-path': 'release/*' },
      { 'subject-path': 'release/*.tgz', 'sbom-path': 'release/sbom.cdx.json' },
    ]);
  });

  it('goes to npm with provenance, and only once the package is not private', async () => {
    const { npm } = (await workflow('release.yml')).jobs;
    expect(npm?.if).toBe("needs.build.outputs.private == 'false'");
    expect(runs(npm as Job)).toEqual(['npm publish ./release/*.tgz --provenance --access public']);
  });
});
