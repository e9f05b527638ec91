import { AwsCallError } from '../../shared/aws/aws-call-error.ts';
import { type ErrorName, OperationError } from '../../shared/operation-error.ts';

/** An error of IAM that means something of its own here, and what to do about it. */
interface Explanation {
  action: RegExp;
  code: RegExp;
  name: ErrorName;
  remedy(arn: string): string;
}

/**
 * What each call may answer, besides what all operations name alike (shared/operation/name-errors.ts):
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddClientIDToOpenIDConnectProvider.html
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_TagOpenIDConnectProvider.html
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateOpenIDConnectProviderThumbprint.html
 * The limits: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const explanations: Explanation[] = [
  {
    action: /Create/,
    code: /^OpenIdIdpCommunicationError/,
    name: 'DependencyError',
    remedy: (arn) =>
      `IAM could not reach https://${issuerIn(arn)} or the host of its keys to fetch the thumbprint. Check that both can be reached from the internet and try again, or give the thumbprint in the request: IAM then has none to fetch`,
  },
  {
    action: /Create/,
    code: /^LimitExceeded/,
    name: 'ConflictError',
    remedy: () =>
      'the account has as many OIDC providers as its quota allows. Ask Service Quotas for more of L-858F3967 (service iam), or delete a provider that no cluster uses',
  },
  {
    action: /AddClientID/,
    code: /^LimitExceeded/,
    name: 'ConflictError',
    remedy: (arn) =>
      `a provider has at most 100 client ids, which cannot be raised. Remove one that nothing uses: aws iam remove-client-id-from-open-id-connect-provider --open-id-connect-provider-arn ${arn} --client-id ID`,
  },
  {
    action: /Tag/,
    code: /^LimitExceeded/,
    name: 'ConflictError',
    remedy: (arn) =>
      `a provider has at most 50 tags, which cannot be raised. Remove one: aws iam untag-open-id-connect-provider --open-id-connect-provider-arn ${arn} --tag-keys KEY`,
  },
  {
    action: /Update|AddClientID|Tag/,
    code: /^NoSuchEntity/,
    name: 'DependencyError',
    remedy: (arn) =>
      `IAM showed ${arn} and then did not find it: somebody deletes it, or it is too new to be known everywhere. Send the same request again in a minute`,
  },
];

const issuerIn = (arn: string): string => arn.slice(arn.indexOf('/') + 1);

/** The error in this operation's own words, where it has any; otherwise the error itself. */
export function explainIamError(error: unknown, arn: string): unknown {
  if (!(error instanceof AwsCallError)) return error;
  const { action, code, said } = error;
  const found = explanations.find((one) => one.action.test(action) && one.code.test(code));
  if (!found) return error;
  const message = `${action} failed with ${code}: ${found.remedy(arn)}. AWS said: ${said}`;
  return new OperationError(found.name, message, { cause: error });
}
