import type { EntryRequest } from '../shared/account/platform-entry.ts';
import { type Authentication, authentications } from '../shared/platform-api/platform-api.ts';
import type { OptionValues } from './command.ts';
import { textOf } from './verify.ts';

const isMethod = (text: string | undefined): text is Authentication =>
  authentications.some((method) => method === text);

/** How the platform is to come in, as far as the options say. */
export function entryRequestIn({ clmRoleArn, authentication }: OptionValues): EntryRequest {
  const method = textOf(authentication);
  return { clmRoleArn: textOf(clmRoleArn), authentication: isMethod(method) ? method : undefined };
}
