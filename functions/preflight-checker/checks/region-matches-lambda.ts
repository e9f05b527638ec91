import { passed, warning } from '../../../shared/checks/check.ts';
import type { PreflightCheck } from '../preflight-facts.ts';

/** What is found for another region than the function's own may differ from what a function there would find. */
export const regionMatchesLambda: PreflightCheck = {
  name: 'region_matches_lambda',
  what: "the cluster's region is the one this function is deployed in",
  actions: [],
  rule: 'Warns when the region of the request is not the region of the function.',
  remedy: 'Deploy the functions to the region of the cluster',
  run: async ({ region, home }) => {
    const details = { region, function_region: home.region };
    if (region === home.region) return [passed(`The function is in ${region}, too`, { details })];
    return [
      warning(
        `The cluster is to be in ${region} and this function is in ${home.region}. Policies that go by region may treat the two differently; deploy the functions to ${region}, too`,
        { details },
      ),
    ];
  },
};
