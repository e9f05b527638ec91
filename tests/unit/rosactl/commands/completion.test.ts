import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import type { Command, CommandContext } from '../../../../rosactl/command.ts';
import { completionFor } from '../../../../rosactl/commands/completion.ts';

const command = (name: string, rest: Partial<Command> = {}): Command => ({
  name,
  summary: `it's ${name}`,
  description: '',
  options: [],
  examples: [],
  run: async () => ({ exitCode: 0, data: null, lines: [] }),
  ...rest,
});

const stage = { flags: '--alias <stage>', description: 'the stage', choices: ['prod', 'staging'] };
const file = { flags: '--spec-file <file>', description: 'more: of it' };
const name = { flags: '--name <name>', description: "the cluster's name" };

const completion = completionFor([
  command('status', { options: [stage, { flags: '--exit-code', description: 'exit 1' }] }),
  command('create cluster', { options: [name, file, { flags: '--wait', description: 'wait' }] }),
  command('list clusters'),
]);

/** Whoever uses any of it has a fault. */
const noContext = new Proxy({} as CommandContext, {
  get: (_, part) => {
    throw new Error(`completion uses ${String(part)}`);
  },
});

const scriptOf = async (shell: string): Promise<string> => {
  const { lines } = await completion.run(noContext, { shell });
  return lines.join('\n');
};

const globalFlags = [
  ...['--profile', '--region', '--platform-api-url', '--api-version', '--output'],
  ...['--yes', '--verbose', '--no-color', '--help'],
];

describe('completion', () => {
  it('needs neither credentials nor a region', () => {
    expect(completion.offline).toBe(true);
  });

  it('gives the script to programs, too', async () => {
    const { data } = await completion.run(noContext, { shell: 'bash' });
    expect(data).toEqual({ shell: 'bash', script: await scriptOf('bash').then((text) => `${text}\n`) });
  });

  it.each(['bash', 'zsh', 'fish'])('starts nothing on Tab in %s', async (shell) => {
    expect(await scriptOf(shell)).not.toMatch(/\$\(rosactl|\(rosactl|`/);
  });
});

describe('in bash, Tab', () => {
  /** What bash offers after these words, as it splits them. */
  const offered = async (...words: string[]): Promise<string[]> => {
    const probe = `${await scriptOf('bash')}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _rosactl; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const argv = ['--norc', '--noprofile', '-c', probe, 'bash', 'rosactl', ...words];
    return execFileSync('bash', argv, { encoding: 'utf8' }).split('\n').filter(Boolean);
  };

  it.each<[string[], string[]]>([
    [[''], ['status', 'completion', 'create', 'list']],
    [['cre'], ['create']],
    [['create', ''], ['cluster']],
    [
      ['create', 'cluster', '--n'],
      ['--name', '--no-color'],
    ],
    [['create', 'cluster', '--name', ''], []],
    [['create', 'cluster', '--name', 'status', '--w'], ['--wait']],
    [
      ['--output', 'json', 'status', '--alias', ''],
      ['prod', 'staging'],
    ],
    [['status', '--alias', '=', 's'], ['staging']],
    [
      ['status', '--alias', '='],
      ['prod', 'staging'],
    ],
    [
      ['status', '--output', ''],
      ['table', 'json', 'yaml'],
    ],
    [['--platform-api-url', 'https', ':', '//127.0.0.1', ':', '4566', 'stat'], ['status']],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish'],
    ],
    [['unknown', '--prof'], ['--profile']],
  ])('after %j offers %j', async (words, expected) => {
    expect(await offered(...words)).toEqual(expected);
  });

  it('offers the flags where no word can come', async () => {
    expect(await offered('create', 'cluster', '')).toEqual([
      '--name',
      '--spec-file',
      '--wait',
      ...globalFlags,
    ]);
    expect(await offered('completion', 'bash', '')).toEqual(globalFlags);
    expect(await offered('--')).toEqual(['--version', ...globalFlags]);
  });

  it('offers files after a flag that takes one', async () => {
    expect(await offered('create', 'cluster', '--spec-file', 'tsconfig')).toEqual(['tsconfig.json']);
  });
});

describe('the script of zsh', () => {
  it('has words and flags with what they are', async () => {
    const script = await scriptOf('zsh');
    expect(script).toMatch(/^#compdef rosactl\n/);
    expect(script).toContain(String.raw`'status:it'\''s status'`);
    expect(script).toContain(String.raw`'--name:the cluster'\''s name'`);
    expect(script).toContain('--alias) compadd -- prod staging; return ;;');
    expect(script).toContain('--spec-file) _files; return ;;');
  });
});

describe('the script of fish', () => {
  it.each([
    `complete -c rosactl -n '__rosactl_is ""' -a status -d 'it\\'s status'`,
    `complete -c rosactl -n '__rosactl_is "create"' -a cluster -d 'it\\'s create cluster'`,
    `complete -c rosactl -n '__rosactl_under "status"' -l alias -x -a 'prod staging' -d 'the stage'`,
    `complete -c rosactl -n '__rosactl_under "create cluster"' -l spec-file -r -F -d 'more: of it'`,
    `complete -c rosactl -n '__rosactl_under "create cluster"' -l wait -d 'wait'`,
    `complete -c rosactl -n '__rosactl_is "completion"' -a bash -d 'the shell'`,
    `complete -c rosactl -l yes -d 'answer every question with yes'`,
  ])('has %s', async (line) => {
    expect((await scriptOf('fish')).split('\n')).toContain(line);
  });
});
