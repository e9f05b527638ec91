/** The log group a function writes to unless it is told otherwise. */
export const logGroupOf = (functionName: string): string => `/aws/lambda/${functionName}`;

/** How the stack's parameters want every log group. */
export interface WantedRetention {
  retentionDays: number;
  /** Customer managed key; absent: the service's own. */
  kmsKeyArn?: string;
}

/** @param parameters of the stack, by name; one that is left out has its default */
export const wantedRetention = ({
  logRetentionDays = '90',
  kmsKeyArn,
}: Record<string, string>): WantedRetention => ({
  retentionDays: Number(logRetentionDays),
  ...(kmsKeyArn && { kmsKeyArn }),
});
