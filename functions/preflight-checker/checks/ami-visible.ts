import { failed, passed } from '../../../shared/checks/check.ts';
import type { PreflightCheck } from '../preflight-facts.ts';

/** The account can see the machine image that the nodes are to start from. */
export const amiVisible: PreflightCheck = {
  name: 'ami_visible',
  what: 'the account can see the machine image of the nodes in the region',
  actions: ['ec2:DescribeImages'],
  rule: 'Fails when EC2 shows no image of the given id.',
  remedy: 'Check id and region of the image, or ask its owner to share it',
  run: async ({ account, cluster, region }) => {
    const id = cluster.ami_id;
    if (!id) return [];
    const details = { ami_id: id };
    if (await account.imageVisible(id)) return [passed(`The image ${id} can be seen`, { details })];
    return [
      failed(
        `The account sees no image ${id} in ${region}. Check its id and region, or ask its owner to share it with the account`,
        { details },
      ),
    ];
  },
};
