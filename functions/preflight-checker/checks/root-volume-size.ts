import { failed, passed } from '../../../shared/checks/check.ts';
import type { PreflightCheck } from '../preflight-facts.ts';

/** In GiB; https://github.com/openshift-online/ocm-common (worker disk size of hosted control planes) */
const smallest = 75;
const largest = 16_384;

/** The root volume of the nodes has a size the installer takes. */
export const rootVolumeSize: PreflightCheck = {
  name: 'root_volume_size',
  what: 'the root volume of the nodes has a size that the installer takes',
  actions: [],
  rule: `Fails when the size is given and is not between ${smallest} and ${largest} GiB.`,
  remedy: 'Choose another size',
  run: async ({ cluster: { root_volume_gib: size } }) => {
    if (size === undefined) return [];
    const details = { root_volume_gib: size, smallest, largest };
    if (size >= smallest && size <= largest)
      return [passed(`Root volumes of ${size} GiB can be made`, { details })];
    return [
      failed(`Root volumes of ${size} GiB cannot be made: choose ${smallest} to ${largest} GiB`, { details }),
    ];
  },
};
