/**
 * The JSON text of a policy: IAM gives policies URL-encoded. One that cannot be decoded is kept as it is: it will
 * not parse either. https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html
 */
export function decodedPolicy(document: string): string {
  try {
    return decodeURIComponent(document);
  } catch {
    return document;
  }
}
