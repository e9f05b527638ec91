import { type InitCheck, type InitDependencies, initChecks } from '../../shared/account/init-checks.ts';
import { exitCodes } from '../../shared/cli/exit-codes.ts';
import type { Command } from '../command.ts';
import { type Failure, failureOf } from '../failure.ts';

interface Result {
  name: string;
  title: string;
  status: 'passed' | 'failed' | 'skipped';
  found?: string;
  failure?: Failure;
}

async function resultOf(check: InitCheck, dependencies: InitDependencies): Promise<Result> {
  const { name, title } = check;
  const skipped = check.skipped?.(dependencies);
  if (skipped) return { name, title, status: 'skipped', found: skipped };
  try {
    return { name, title, status: 'passed', found: await check.run(dependencies) };
  } catch (error) {
    return { name, title, status: 'failed', failure: failureOf(error) };
  }
}

function linesOf({ title, status, found, failure }: Result): string[] {
  if (failure) return [`✖ ${title}`, `    ${failure.message}`, `    ${failure.next}.`];
  return [`${status === 'passed' ? '✔' : '!'} ${title}: ${found}`];
}

export const init: Command = {
  name: 'init',
  summary: 'check credentials, region and Platform API',
  description:
    'Says who you are to AWS, whether the region can be used, and whether the Platform API answers you. Changes nothing and keeps nothing.',
  options: [],
  examples: ['rosactl init --region us-east-1 --platform-api-url https://api.us-east-1.example.com'],
  run: async (context) => {
    const results = await Promise.all(initChecks.map((check) => resultOf(check, context)));
    const failures = results.flatMap(({ failure }) => failure ?? []);
    const next =
      failures.length > 0 ? 'Mend this first, then run it again.' : 'Next: rosactl setup-account --dry-run';
    return {
      exitCode: failures[0]?.exitCode ?? exitCodes.fine,
      data: { checks: results },
      lines: [...results.flatMap(linesOf), '', next],
    };
  },
};
