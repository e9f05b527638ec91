import type { LocalAws } from './local-aws.ts';

/** What to paste into a shell so that the AWS CLI, an SDK or `serverless` there uses a laptop AWS: a line each. */
export const pasteLines = ({ environment }: Pick<LocalAws, 'environment'>): string[] => [
  // The SDKs take a profile over keys, and would send an old session's token with these.
  'unset AWS_PROFILE AWS_SESSION_TOKEN',
  ...Object.entries(environment).map(([name, value]) => `export ${name}=${value}`),
];
