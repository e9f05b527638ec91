import { AwsCallError } from '../aws/aws-call-error.ts';
import { type Check, type Finding, warning } from '../checks/check.ts';

/** Says what the caller lacks; the words of `runChecks` are for a function and its role. */
function asFinding(error: unknown): Finding[] {
  if (!(error instanceof AwsCallError && error.failure === 'denied')) throw error;
  const { action, said } = error;
  return [
    warning(
      `Not checked: these credentials may not call ${action}. Ask for that permission, or use other credentials. AWS said: ${said}`,
      { details: { reason_code: 'access_denied', missing_action: action } },
    ),
  ];
}

/** A check as it is made with a person's credentials. */
export const forCaller = <Facts>({ name, run }: Check<Facts>): Check<Facts> => ({
  name,
  run: (facts) => run(facts).catch(asFinding),
});
