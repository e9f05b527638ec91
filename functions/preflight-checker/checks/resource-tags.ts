import { failed, passed } from '../../../shared/checks/check.ts';
import type { PreflightCheck } from '../preflight-facts.ts';

/**
 * Of the 50 tags a resource can have, the cluster and its operators set some themselves. Red Hat's error for more
 * than 25 is OCM5002. https://docs.redhat.com/en/documentation/red_hat_openshift_service_on_aws/4/html/troubleshooting/
 */
const mostTags = 25;

/**
 * https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html. AWS takes empty values;
 * UserTagValidator of https://github.com/openshift/rosa/blob/master/pkg/aws/helpers.go does not.
 */
const longestKey = 128;
const longestValue = 256;
const characters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

function problemOf(key: string, value: string): string | undefined {
  const says = `The tag "${key.slice(0, longestKey)}"`;
  if (key.length === 0) return 'A tag has an empty key';
  if (/^aws:/i.test(key)) return `${says} starts with aws:, which AWS keeps for itself`;
  if (key.length > longestKey) return `${says} has a key of more than ${longestKey} characters`;
  if (value.length === 0) return `${says} has no value`;
  if (value.length > longestValue) return `${says} has a value of more than ${longestValue} characters`;
  if (!characters.test(key) || !characters.test(value))
    return `${says} has characters other than letters, digits, spaces and _.:/=+-@`;
  return undefined;
}

/** AWS takes the user's tags. */
export const resourceTags: PreflightCheck = {
  name: 'resource_tags',
  what: "AWS and the installer take the user's tags",
  actions: [],
  rule: `Fails when there are more than ${mostTags} tags, or one of them has an empty key or value, a key of more than ${longestKey} or a value of more than ${longestValue} characters, a character that AWS does not take, or a key that starts with aws:.`,
  remedy: 'Change the tags',
  run: async ({ cluster: { tags } }) => {
    if (!tags) return [];
    const entries = Object.entries(tags);
    const details = { tags: entries.length };
    const problems = entries.flatMap(([key, value]) => problemOf(key, value) ?? []);
    if (entries.length > mostTags)
      problems.unshift(`There are ${entries.length} tags, and ${mostTags} at most can be set`);
    if (problems.length === 0) return [passed(`The ${entries.length} tags can be set`, { details })];
    return problems.map((problem) => failed(`${problem}. Change it`, { details }));
  },
};
