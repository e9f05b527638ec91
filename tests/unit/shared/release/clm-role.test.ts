import { describe, expect, it } from '@jest/globals';
import { clmRoleProblem } from '../../../../shared/release/clm-role.ts';

describe('the principal that may invoke', () => {
  it.each([
    'arn:aws:iam::111122223333:role/CLMServiceRole',
    'arn:aws-us-gov:iam::111122223333:role/path/to/CLM-Service@Role',
    'arn:aws-cn:iam::111122223333:role/CLMServiceRole',
  ])('is accepted when it is the ARN of one role: %s', (principal) => {
    expect(clmRoleProblem(principal)).toBeUndefined();
  });

  it.each([
    '*',
    '111122223333',
    'arn:aws:iam::111122223333:root',
    'arn:aws:iam::111122223333:user/somebody',
    'arn:aws:iam::111122223333:role/*',
    'arn:aws:iam::*:role/CLMServiceRole',
    'arn:aws:sts::111122223333:assumed-role/CLMServiceRole/session',
    'arn:aws:iam::111122223333:role/CLMServiceRole arn:aws:iam::111122223333:role/Other',
    'lambda.amazonaws.com',
  ])('is refused, with what it should be, when it is %s', (principal) => {
    expect(clmRoleProblem(principal)).toContain('arn:aws:iam::111122223333:role/CLMServiceRole');
  });
});
