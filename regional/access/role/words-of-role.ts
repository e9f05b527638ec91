interface Finding {
  message: string;
  details: { reason_code?: string; missing_action?: string };
}

/** The checks speak of the function they run in. @returns a finding that names the role which has run it */
const worded = <One extends Finding>(finding: One, roleArn: string): One => {
  const { reason_code, missing_action } = finding.details;
  if (reason_code !== 'access_denied' || !missing_action) return finding;
  const message = `Not checked: the role ${roleArn} may not call ${missing_action}. Allow it, and check that no service control policy or permissions boundary denies it`;
  return { ...finding, message };
};

/** The result of an operation that a role has run: what it may not do is said of the role. */
export const inWordsOfRole = (result: object, roleArn: string): object =>
  Object.fromEntries(
    Object.entries(result).map(([name, value]) => [
      name,
      /validation_results$/.test(name)
        ? (value as Finding[]).map((finding) => worded(finding, roleArn))
        : value,
    ]),
  );
