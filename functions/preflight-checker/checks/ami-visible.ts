import { type Finding, failed, passed, Undetermined } from '../../../shared/checks/check.ts';
import type { PreflightCheck } from '../preflight-facts.ts';

/**
 * Owners of the images from which the node pool's managed policy lets nodes start, in the partition `aws`:
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/ROSANodePoolManagementPolicy.html
 */
const redHat = ['531415883065', '251351625822'];

function judge(
  id: string,
  region: string,
  image: { owner?: string } | undefined,
  partition: string,
): Finding {
  const details = { ami_id: id, owner: image?.owner };
  if (!image)
    return failed(
      `The account sees no image ${id} in ${region}. Check its id and region, or ask its owner to share it with the account`,
      { details },
    );
  if (partition !== 'aws') return passed(`The image ${id} can be seen`, { details });
  if (!image.owner) throw new Undetermined('value_absent', `EC2 does not tell the owner of ${id}`);
  if (redHat.includes(image.owner)) return passed(`The image ${id} of Red Hat can be seen`, { details });
  return failed(
    `The image ${id} is of the account ${image.owner}, and ROSANodePoolManagementPolicy lets nodes start from images of Red Hat alone (${redHat.join(', ')}). Name one of these`,
    { details },
  );
}

/** The account can see the machine image that the nodes are to start from, and the cluster may use it. */
export const amiVisible: PreflightCheck = {
  name: 'ami_visible',
  what: 'the account can see the machine image of the nodes in the region, and it is one of Red Hat',
  actions: ['ec2:DescribeImages'],
  rule: 'Fails when EC2 shows no image of the given id, or one of another owner than Red Hat.',
  remedy: 'Check id and region of the image, and name one of Red Hat',
  run: async ({ account, cluster, region, home }) => {
    const id = cluster.ami_id;
    return id ? [judge(id, region, await account.image(id), home.partition)] : [];
  },
};
