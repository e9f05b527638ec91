/**
 * The API's pattern and minimum are those of its openapi; its handler allows 18 characters, since the name becomes
 * part of a host name of at most 63:
 * https://github.com/openshift-online/rosa-hyperfleet-api/blob/main/docs/api/namespace-conventions.md
 */
const pattern = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/;
const shortest = 3;
const longest = 18;

/** Says what is wrong with the name of a cluster, or undefined when the Platform API will take it. */
export function clusterNameProblem(name: string): string | undefined {
  if (name.length < shortest || name.length > longest) {
    return `a cluster's name must have ${shortest} to ${longest} characters, not ${name.length} as "${name}" has`;
  }
  if (pattern.test(name)) return undefined;
  return `a cluster's name must be lower-case letters, digits and hyphens with a letter or digit at both ends, not "${name}"`;
}
