/** The seed's metrics, by its names for them: what each is published as, and what it tells. */
export const seedGauges = {
  MetricTotalAWSAccounts: {
    name: 'aws_account_operator_total_aws_accounts',
    tells: 'accounts of the organization that are not closed, and those being made',
  },
  MetricTotalAccountCRs: { name: 'aws_account_operator_total_account_crs', tells: 'Accounts' },
  MetricTotalAccountCRsUnclaimed: {
    name: 'aws_account_operator_total_accounts_crs_unclaimed',
    tells: 'Accounts without a customer that are Ready or PendingVerification',
  },
  MetricTotalAccountCRsClaimed: {
    name: 'aws_account_operator_total_accounts_crs_claimed',
    tells: 'Accounts that a claim has',
  },
  MetricTotalAccountPendingVerification: {
    name: 'aws_account_operator_total_aws_account_pending_verification',
    tells: 'Accounts whose support case is open',
  },
  MetricTotalAccountCRsFailed: {
    name: 'aws_account_operator_total_accounts_crs_failed',
    tells: 'Accounts that have failed, those that have served before left out',
  },
  MetricTotalAccountCRsReady: {
    name: 'aws_account_operator_total_aws_accounts_crs_ready',
    tells: 'Accounts that are Ready, those that have served before left out',
  },
  MetricTotalAccountClaimCRs: {
    name: 'aws_account_operator_total_aws_account_claim_crs',
    tells: 'AccountClaims',
  },
} as const;

/** What alarms look at besides. */
export const ownGauges = {
  pendingClaims: {
    name: 'aws_account_operator_pending_account_claims',
    tells: 'AccountClaims that are not Ready yet',
  },
  longestPending: {
    name: 'aws_account_operator_longest_pending_claim_seconds',
    tells: 'how long the AccountClaim has waited that has waited longest for an account; 0 when none waits',
  },
  cleanUpsFailed: {
    name: 'aws_account_operator_account_reuse_cleanup_failed',
    tells: 'Accounts whose clean-up does not come to its end',
  },
  emptyPools: {
    name: 'aws_account_operator_empty_pools',
    tells: 'pools that are to have accounts and have none that is available',
  },
  limitUsed: {
    name: 'aws_account_operator_aws_limit_used_percent',
    tells: 'how much of the limit of the organization is used, slots included, in a hundred',
  },
  limitUnknown: {
    name: 'aws_account_operator_aws_limit_unknown',
    tells: '1 while no account is made since nobody knows how many there are, else 0',
  },
  failedAccesses: {
    name: 'aws_account_operator_federated_accesses_failed',
    tells: 'AWSFederatedAccountAccesses that have failed, or cannot be taken down',
  },
} as const;

/** What is told of each pool, by the dimension `pool_name`. */
export const poolGauges = {
  size: { name: 'aws_account_operator_account_pool_size', tells: 'accounts it is to have' },
  available: {
    name: 'aws_account_operator_available_non_ccs_accounts',
    tells: 'accounts that are Ready and nobody has ever claimed',
  },
  progressing: { name: 'aws_account_operator_accounts_progressing', tells: 'accounts on their way' },
  awsLimitDelta: {
    name: 'aws_account_operator_aws_limit_delta',
    tells: 'accounts that the organization may still have',
  },
} as const;
