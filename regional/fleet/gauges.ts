/** The names of the metrics that count the fleet, each by the dimension `access_mode`. */
export const gauges = { accounts: 'Accounts', clusters: 'Clusters' } as const;
