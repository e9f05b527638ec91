import { describe, expect, it } from '@jest/globals';
import { dependencies } from '../../../../functions/oidc-provisioner/dependencies.ts';
import { nameErrors } from '../../../../shared/operation/name-errors.ts';
import { answerCalls } from '../../../support/fakes/aws-client.ts';
import { sdkError } from '../../../support/fakes/aws-errors.ts';
import { arn, provision } from '../../../support/fakes/oidc-providers.ts';

/** IAM with a provider that lacks everything, or none, whose one call answers every time with an error. */
function iam(failing: string, code: string, present: boolean) {
  const calls: string[] = [];
  const { providersIn } = dependencies((client) =>
    answerCalls(client, ({ command }) => {
      calls.push(command);
      if (command === `${failing}Command`) throw sdkError(code, `IAM's own words`);
      if (command.startsWith('Get') && !present) throw sdkError('NoSuchEntityException');
      return { ThumbprintList: [] };
    }),
  );
  return { providers: providersIn('aws'), calls };
}

/** The failure as the caller of the function is told of it. */
async function failure(providers: ReturnType<typeof iam>['providers']) {
  const error = await provision(providers).then(
    () => undefined,
    (thrown: Error) => thrown,
  );
  const request = { error };
  await nameErrors().onError?.(
    request as Parameters<NonNullable<ReturnType<typeof nameErrors>['onError']>>[0],
  );
  return request.error;
}

const create = 'CreateOpenIDConnectProvider';
const get = 'GetOpenIDConnectProvider';
const update = 'UpdateOpenIDConnectProviderThumbprint';
const addClientId = 'AddClientIDToOpenIDConnectProvider';
const tag = 'TagOpenIDConnectProvider';
const everyCall = [get, create, update, addClientId, tag];
const changes = [create, update, addClientId, tag];

/** One row per call: each of them may answer so. */
const each = (calls: string[], code: string, name: string, says: string, attempts: number) =>
  calls.map((call): [string, string, string, string, number] => [call, code, name, says, attempts]);

// The errors the pages of the five calls list, and those common to all:
// https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
describe('what IAM answers', () => {
  it.each([
    ...each(everyCall, 'InvalidInputException', 'InvalidRequestError', 'refused the values', 1),
    ...each(everyCall, 'ServiceFailureException', 'DependencyError', 'Try again', 1),
    ...each(everyCall, 'Throttling', 'ThrottledError', 'Try again', 1),
    ...each(everyCall, 'AccessDenied', 'AccessDeniedError', 'may not call iam:', 1),
    ...each(changes, 'ConcurrentModificationException', 'DependencyError', 'another change', 3),
    ...each([create], 'LimitExceededException', 'ConflictError', 'L-858F3967', 1),
    ...each([create], 'EntityAlreadyExistsException', 'DependencyError', 'does not show it yet', 3),
    ...each([create], 'OpenIdIdpCommunicationErrorException', 'DependencyError', 'give the thumbprint', 1),
    ...each([addClientId], 'LimitExceededException', 'ConflictError', 'remove-client-id-from-', 1),
    ...each(
      [tag],
      'LimitExceededException',
      'ConflictError',
      `untag-open-id-connect-provider --open-id-connect-provider-arn ${arn}`,
      1,
    ),
    ...each([update, addClientId, tag], 'NoSuchEntityException', 'DependencyError', 'somebody deletes it', 3),
  ])('%s: %s is a %s', async (call, code, name, says, attempts) => {
    const { providers, calls } = iam(call, code, call !== create);
    const error = await failure(providers);
    expect(error?.name).toBe(name);
    expect(error?.message).toContain(says);
    expect(calls.filter((command) => command === `${call}Command`)).toHaveLength(attempts);
  });

  it('is quoted, and which issuer IAM could not reach is said', async () => {
    const { providers } = iam(create, 'OpenIdIdpCommunicationErrorException', false);
    const error = await failure(providers);
    expect(error?.message).toContain("AWS said: IAM's own words");
    expect(error?.message).toContain('could not reach https://oidc.example.com/2f3a1c7e or the host');
  });
});

describe('a provider that is deleted between two calls', () => {
  it('is made', async () => {
    const calls: string[] = [];
    const { providersIn } = dependencies((client) =>
      answerCalls(client, ({ command }) => {
        calls.push(command.slice(0, -'Command'.length));
        if (command.startsWith('Update')) throw sdkError('NoSuchEntityException');
        if (command.startsWith('Get') && calls.length > 1) throw sdkError('NoSuchEntityException');
        return { ThumbprintList: [] };
      }),
    );
    expect(await provision(providersIn('aws'))).toMatchObject({ status: 'created' });
    expect(calls).toEqual([get, update, get, create]);
  });
});
