import { warning } from '../../../shared/checks/check.ts';
import { deniedByScp } from '../denied-by-scp.ts';
import type { PreflightCheck } from '../preflight-facts.ts';

/** What the organization denies this function it may well deny a cluster; nothing can be read of its policies here. */
export const scpHint: PreflightCheck = {
  name: 'scp_hint',
  what: "no call of the other checks is denied by a policy of the account's organization",
  actions: [],
  rule: 'Warns, naming the actions, when AWS says that a service control policy denied one. Says nothing otherwise.',
  remedy: 'Ask who administers the organization to exempt the actions in its service control policies',
  run: async ({ failures }) => {
    const denials = (await failures()).filter(deniedByScp);
    const actions = [...new Set(denials.map(({ action }) => action))].sort();
    const [first] = denials;
    if (!first) return [];
    return [
      warning(
        `A service control policy of the organization denies ${actions.join(', ')}, and perhaps what a cluster needs, too. Ask who administers the organization. AWS said: ${first.said}`,
        { details: { denied_actions: actions } },
      ),
    ];
  },
};
