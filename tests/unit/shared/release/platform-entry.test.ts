import { describe, expect, it } from '@jest/globals';
import {
  aliasPrincipalOf,
  entryParameters,
  platformEntryIn,
  platformEntryProblem,
} from '../../../../shared/release/platform-entry.ts';
import { assumed, clmRoleArn, externalId } from '../../../support/fakes/access-role.ts';

const byPolicy = { authentication: 'resource-policy', clmRoleArn } as const;
const byRole = { authentication: 'assume-role', clmRoleArn, externalId } as const;

describe('a way in', () => {
  it('is by the policy of prod unless the stack says otherwise', () => {
    expect(platformEntryIn({})).toEqual({ authentication: 'resource-policy' });
    expect(platformEntryIn({ clmAuthentication: 'resource-policy', clmRoleArn })).toEqual(byPolicy);
    expect(platformEntryIn(assumed)).toEqual(byRole);
  });

  it('lets the role in by the policy of prod, or nobody when it assumes another', () => {
    expect(aliasPrincipalOf(byPolicy)).toBe(clmRoleArn);
    expect(aliasPrincipalOf(byRole)).toBeUndefined();
  });

  it('is made by the parameters of the stack, and unmade by them', () => {
    expect(entryParameters(byRole, {})).toEqual(assumed);
    expect(entryParameters(byPolicy, {})).toEqual({});
    expect(entryParameters(byPolicy, assumed)).toEqual({
      clmAuthentication: 'resource-policy',
      clmRoleArn: '',
      clmExternalId: '',
    });
  });
});

describe('a way in that cannot be made', () => {
  it.each([
    [{ ...byPolicy, clmRoleArn: '*' }, /full ARN of one IAM role/],
    [{ ...byRole, clmRoleArn: '111122223333' }, /full ARN of one IAM role/],
    [{ ...byRole, clmRoleArn: undefined }, /needs clmRoleArn/],
    [{ ...byRole, externalId: undefined }, /needs clmRoleArn, and clmExternalId/],
    [{ ...byRole, externalId: 'x' }, /2 to 1,224/],
    [{ ...byRole, externalId: 'a b' }, /2 to 1,224/],
  ])('is %j', (entry, problem) => {
    expect(platformEntryProblem(entry)).toMatch(problem);
  });

  it.each([[byPolicy], [byRole], [{ authentication: 'resource-policy' } as const]])('is not %j', (entry) => {
    expect(platformEntryProblem(entry)).toBeUndefined();
  });
});
