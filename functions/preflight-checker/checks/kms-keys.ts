import { type Finding, failed, passed } from '../../../shared/checks/check.ts';
import type { PreflightCheck, PreflightFacts } from '../preflight-facts.ts';

/** https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id-key-ARN */
const keyArn = /^arn:(?<partition>[a-z-]+):kms:(?<region>[a-z0-9-]+):(?<account>\d{12}):key\/[A-Za-z0-9-]+$/;

function problemOf(arn: string, { region, home }: PreflightFacts): string | undefined {
  const parts = keyArn.exec(arn)?.groups;
  if (!parts) return 'is not the ARN of a key, such as arn:aws:kms:us-east-1:123456789012:key/1234abcd';
  if (parts.partition !== home.partition) return `is in the partition ${parts.partition}`;
  if (parts.region !== region) return `is in ${parts.region}, and the cluster is to be in ${region}`;
  if (parts.account !== home.account) return `is in the account ${parts.account}, not in ${home.account}`;
  return undefined;
}

function judge(arn: string, facts: PreflightFacts): Finding {
  const details = { kms_key: arn };
  const problem = problemOf(arn, facts);
  if (problem) return failed(`The key ${arn} ${problem}. Name a key of this account and region`, { details });
  return passed(
    `${arn} is the ARN of a key of this account and region. The key itself is not looked at: it must be enabled and have the tag red-hat=true`,
    { details },
  );
}

/** The keys are named in a way that can be right; nothing of the keys themselves can be read here. */
export const kmsKeys: PreflightCheck = {
  name: 'kms_keys',
  what: 'the ARNs of KMS keys are of keys in the account and region of the cluster',
  actions: [],
  rule: 'Fails when an ARN is not that of a key, or is of another partition, region or account. The keys themselves are not looked at.',
  remedy: 'Name a key by its ARN; give it the tag `red-hat=true`',
  run: async (facts) => [...new Set(facts.cluster.kms_key_arns)].map((arn) => judge(arn, facts)),
};
