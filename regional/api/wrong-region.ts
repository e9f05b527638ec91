import type { FieldOffence } from '../../shared/field-offences.ts';

/** What is wrong with a region that is not the API's; each region has an API of its own. */
export function wrongRegion(here: string, wanted: string | undefined): FieldOffence[] {
  if (wanted === undefined || wanted === here) return [];
  const reason = `must be ${here}, where this API works; use the Platform API of ${wanted}`;
  return [{ field: 'region', reason }];
}
