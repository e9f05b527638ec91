/** The name of the role that the platform assumes in a region, as access-role.yml has it. */
export const accessRoleName = (region: string): string => `RosaRegionalPlatformAccess-${region}`;

/** Its ARN in an account. */
export const accessRoleArn = (place: { partition: string; account: string; region: string }): string =>
  `arn:${place.partition}:iam::${place.account}:role/${accessRoleName(place.region)}`;

/** What it may do: docs/deploying.md gives the reasons. A test holds this against access-role.yml. */
export const accessRoleActions = [
  'lambda:GetFunctionConfiguration',
  'lambda:InvokeFunction',
  'logs:FilterLogEvents',
  'tag:GetResources',
];

/** What is asked and told of the role that the platform assumes. Every call rejects with AwsCallError. */
export interface AccessRole {
  /** Undefined when there is no such role. */
  describe(name: string): Promise<{ trustPolicy: string; boundaryArn?: string } | undefined>;
  /**
   * Bounds the role with a policy, or with none. It holds for sessions that have begun, too.
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
   */
  bound(name: string, boundaryArn: string | undefined): Promise<void>;
}

/** The boundary within which nothing is allowed: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSDenyAll.html */
export const closedBoundary = (partition: string): string => `arn:${partition}:iam::aws:policy/AWSDenyAll`;
