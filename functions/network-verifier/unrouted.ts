import { type Finding, warning } from '../../shared/checks/check.ts';

/** What a check of routes says of subnets whose route table AWS does not show: they are not passed over. */
export const unroutedWarnings = (subnetIds: string[]): Finding[] =>
  subnetIds.map((resourceId) =>
    warning(
      `${resourceId}: not checked, since AWS shows no route table for it. A shared VPC's owner can see it`,
      {
        resourceId,
        details: { reason_code: 'value_absent' },
      },
    ),
  );
