/** With resource-policy the role is given to the alias prod: no other stage is deployed with it. */
const isOfStack = (name: string, { clmAuthentication }: Record<string, string>): boolean =>
  name !== 'clmRoleArn' || clmAuthentication === 'assume-role';

/**
 * Says which parameters a deploy would change without having been asked to: all stages share one stack, so a
 * parameter that is left out at a deploy to `staging` would fall back to its default under `prod` as well.
 * @param asked names of the parameters given on the command line
 */
export function forgottenParameters(
  before: Record<string, string>,
  now: Record<string, string>,
  asked: ReadonlySet<string>,
): string[] {
  return Object.keys(now)
    .filter((name) => isOfStack(name, before))
    .filter((name) => name in before && before[name] !== now[name] && !asked.has(name))
    .map((name) => `${name} is "${before[name]}" in the stack and would become "${now[name]}"`);
}
