import {
  CreateSecretCommand,
  DeleteSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  paginateListSecrets,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { AwsCallError, awsCall, unlessMissing } from '../../shared/aws/aws-call-error.ts';
import { Undetermined } from '../../shared/checks/check.ts';
import { listing, told } from '../../shared/checks/listing.ts';
import type { Secrets, SecretValues } from './secrets.ts';

const isText = (value: unknown): value is string => typeof value === 'string';

/** @throws Undetermined when the secret does not hold texts by key; nothing of it goes into the error */
function valuesIn(name: string, text: string): SecretValues {
  const parsed = (() => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return undefined;
    }
  })();
  const isObject = typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
  if (isObject && Object.values(parsed).every(isText)) {
    return parsed as SecretValues;
  }
  throw new Undetermined('value_absent', `the secret ${name} does not hold a JSON object of texts`);
}

/**
 * AWS deletes in the background, and refuses the name until it is done:
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html
 */
const isBeingDeleted = ({ code, said }: AwsCallError): boolean =>
  code === 'InvalidRequestException' && /delet/i.test(said);

/** Secrets of the account and region of a client. They are addressed by name alone, never by a part of their ARN. */
export const awsSecrets = (client: SecretsManagerClient): Secrets => ({
  get: async (name) => {
    const action = 'secretsmanager:GetSecretValue';
    const command = new GetSecretValueCommand({ SecretId: name });
    const call = awsCall(action, () => client.send(command));
    const found = await unlessMissing(call).catch((error: unknown) => {
      if (error instanceof AwsCallError && isBeingDeleted(error)) return undefined;
      throw error;
    });
    return found && valuesIn(name, told(action, found, 'SecretString').SecretString);
  },

  create: async (name, values) => {
    const command = new CreateSecretCommand({ Name: name, SecretString: JSON.stringify(values) });
    try {
      await awsCall('secretsmanager:CreateSecret', () => client.send(command));
      return 'created';
    } catch (error) {
      if (error instanceof AwsCallError && error.failure === 'exists') return 'exists';
      if (error instanceof AwsCallError && isBeingDeleted(error)) return 'deleting';
      throw error;
    }
  },

  replace: async (name, values) => {
    const command = new PutSecretValueCommand({ SecretId: name, SecretString: JSON.stringify(values) });
    const found = await unlessMissing(awsCall('secretsmanager:PutSecretValue', () => client.send(command)));
    return found ? 'replaced' : 'not there';
  },

  delete: async (name) => {
    const command = new DeleteSecretCommand({ SecretId: name, ForceDeleteWithoutRecovery: true });
    await unlessMissing(awsCall('secretsmanager:DeleteSecret', () => client.send(command)));
  },

  names: async (prefix) => {
    const action = 'secretsmanager:ListSecrets';
    const pages = paginateListSecrets({ client }, { Filters: [{ Key: 'name', Values: [prefix] }] });
    const names = await listing(
      action,
      pages,
      (page) => page.SecretList,
      (one) => told(action, one, 'Name').Name,
    );
    // The filter looks at the beginning of each part of a name, and at its words.
    return names.filter((name) => name.startsWith(prefix));
  },
});
