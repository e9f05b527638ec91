/** What rosactl's exit status says; the one table of them. Scripts may rely on it. */
export const exitCodes = {
  fine: 0,
  /** A check failed, or the answer is "no". */
  no: 1,
  usage: 2,
  /** Credentials are missing or expired, or a permission is. */
  credentials: 3,
  aws: 4,
  platformApi: 5,
  /** The person was asked and did not say yes. */
  declined: 6,
  /** A fault of ours. */
  fault: 70,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
