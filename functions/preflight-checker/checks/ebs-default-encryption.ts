import { passed, Undetermined, warning } from '../../../shared/checks/check.ts';
import type { PreflightCheck } from '../preflight-facts.ts';

/** AWS's own key, which everybody in the account can use: https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html */
const ownKey = 'alias/aws/ebs';

/** Nodes whose volumes are encrypted with a key that does not let them do not start. */
export const ebsDefaultEncryption: PreflightCheck = {
  name: 'ebs_default_encryption',
  what: "the key that new EBS volumes are encrypted with by default is AWS's own",
  actions: ['ec2:GetEbsDefaultKmsKeyId', 'ec2:GetEbsEncryptionByDefault'],
  rule: 'Warns when volumes are encrypted by default with a key of the customer: whether nodes may use it cannot be seen here.',
  remedy: 'Let the roles of the cluster use the key in its key policy, and see that it is enabled',
  run: async ({ account }) => {
    const { byDefault, keyId } = await account.ebsEncryption();
    if (byDefault === undefined || (byDefault && !keyId))
      throw new Undetermined('value_absent', 'EC2 does not tell how volumes are encrypted by default');
    const details = { encrypted_by_default: byDefault, kms_key: keyId };
    if (!byDefault) return [passed('New volumes are not encrypted by default', { details })];
    if (keyId === ownKey) return [passed("New volumes are encrypted with AWS's own key", { details })];
    return [
      warning(
        `New volumes are encrypted by default with the key ${keyId}. If it is disabled, or its key policy does not let the roles of the cluster use it, nodes end as soon as they start. See that it is enabled and lets them`,
        { details },
      ),
    ];
  },
};
