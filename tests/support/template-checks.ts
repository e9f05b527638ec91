import { execFileSync } from 'node:child_process';
import { findPython } from '../../local-aws/python.ts';

/** A statement of an IAM policy. */
export interface Statement {
  Sid?: string;
  Effect: string;
  Action?: string | string[];
  Resource?: unknown;
  Principal?: unknown;
}

/** All statements of all policies, wherever in the template they stand. */
export const statementsIn = (described: unknown): Statement[] => {
  if (typeof described !== 'object' || described === null) return [];
  const inner = Object.values(described).flatMap(statementsIn);
  return 'Effect' in described ? [described as Statement, ...inner] : inner;
};

/** What cfn-lint has to say about templates. */
export async function lint(...templateFiles: string[]): Promise<string> {
  const python = await findPython(() => {});
  const cfnLint = 'import sys; from cfnlint.runner import main; sys.exit(main())';
  return execFileSync(python, ['-c', cfnLint, ...templateFiles], { encoding: 'utf8' });
}
