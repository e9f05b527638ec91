/** The part of a key after `/`, and a label's value: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
const word = /^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;

/** A DNS subdomain: https://www.rfc-editor.org/rfc/rfc1123#section-2 */
const subdomain = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;

/** All annotations of a resource together: https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/ */
const mostAnnotationBytes = 256 * 1024;

const keyRule = 'up to 63 letters, digits, -, _ and ., with or without a DNS name and / before them';

function isKey(key: string): boolean {
  const slash = key.lastIndexOf('/');
  return word.test(key.slice(slash + 1)) && (slash < 0 || subdomain.test(key.slice(0, slash)));
}

const keyProblems = (field: string, entries: Record<string, string>): string[] =>
  Object.keys(entries)
    .filter((key) => !isKey(key))
    .map((key) => `metadata.${field}: the key "${key.slice(0, 64)}" must be ${keyRule}`);

/** What is wrong with labels by Kubernetes' rules. */
export const labelProblems = (labels: Record<string, string> = {}): string[] => [
  ...keyProblems('labels', labels),
  ...Object.entries(labels)
    .filter(([, value]) => value !== '' && !word.test(value))
    .map(([key]) => `metadata.labels.${key} must be up to 63 letters, digits, -, _ and .`),
];

/** What is wrong with annotations by Kubernetes' rules. */
export function annotationProblems(annotations: Record<string, string> = {}): string[] {
  const bytes = Buffer.byteLength(Object.entries(annotations).flat().join(''));
  return [
    ...keyProblems('annotations', annotations),
    ...(bytes > mostAnnotationBytes ? ['metadata.annotations must be no more than 256 KiB together'] : []),
  ];
}
