import type { Secrets, SecretValues } from '../aws/secrets.ts';

/**
 * Keeps values in a secret, in place of what was in it.
 * @returns whether they are. When not, the secret is not seen yet, or an older one is not gone yet
 * @throws AwsCallError, after which nobody knows
 */
export async function putSecret(secrets: Secrets, name: string, values: SecretValues): Promise<boolean> {
  const made = await secrets.create(name, values);
  if (made !== 'exists') return made === 'created';
  return (await secrets.replace(name, values)) === 'replaced';
}
