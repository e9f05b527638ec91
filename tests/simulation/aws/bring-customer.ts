import { secretName } from '../../../accounts/aws/secrets.ts';
import type { AccountClaimSpec } from '../../../accounts/resources/account-claim.ts';
import type { AwsModel } from './aws-model.ts';
import { byHand } from './by-hand.ts';

/** The AWS account that a customer has. */
export const customerId = '333333333333';

/** A customer gives us the keys of his own account. @returns what a claim says of it */
export async function bringCustomer(world: AwsModel): Promise<Partial<AccountClaimSpec>> {
  const users = world.addCustomer(customerId).iam.users(byHand);
  await users.create({ name: 'root', tags: {} });
  // Those who ask may not be told of him yet.
  let made: Awaited<ReturnType<typeof users.createKey>> | undefined;
  while (!made) made = await users.createKey('root').catch(() => undefined);
  if (made.outcome !== 'created') throw new Error('a new user may have a key');
  const { id, secret } = made.key;
  const values = { aws_access_key_id: id, aws_secret_access_key: secret };
  await world.secrets.port(byHand).create(secretName('default', 'byoc'), values);
  return {
    byoc: true,
    byocAWSAccountID: customerId,
    byocSecretRef: { name: 'byoc', namespace: 'default' },
    aws: { regions: [{ name: 'eu-west-1' }] },
  };
}
