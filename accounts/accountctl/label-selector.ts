import { UsageError } from '../../shared/cli/usage-error.ts';

/** Whether labels are those that are looked for. */
export type LabelSelector = (labels: Record<string, string>) => boolean;

/** `key=value`, `key==value`, `key!=value`, `key`, `!key`. */
const requirement = /^(?<not>!)?(?<key>[^\s=!]+)(?:(?<operator>==?|!=)(?<value>[^\s=!]*))?$/;

function selectorOf(text: string): LabelSelector {
  const { not, key = '', operator, value = '' } = requirement.exec(text.trim())?.groups ?? {};
  if (!key || (not && operator)) {
    throw new UsageError(`"${text}" selects no label: write key=value, key!=value, key or !key`);
  }
  if (!operator) return (labels) => key in labels !== Boolean(not);
  return (labels) => (labels[key] === value) === (operator !== '!=');
}

/** All of what a text lists with commas between them. @throws UsageError */
export function labelSelector(text: string | undefined): LabelSelector {
  if (!text) return () => true;
  const all = text.split(',').map(selectorOf);
  return (labels) => all.every((selects) => selects(labels));
}
