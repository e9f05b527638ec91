import { externalIdOf } from '../accounts/customer-account.ts';
import { discoveryPrefix } from './aws/dynamodb-directory-cache.ts';

/** A statement of an IAM policy. */
export interface Statement {
  Sid: string;
  Effect: 'Allow';
  Action: string[];
  Resource: string;
  Condition?: Record<string, Record<string, string>>;
}

/**
 * What the platform's role needs to work in customers' accounts. Whom it reaches is up to these: their aliases and
 * roles let it in or do not. Looking for functions, reading their logs and hashes is done with customers' roles.
 * The condition keys: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
 * and https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 * @param tableArn of the regional table
 */
export const platformStatements = (partition: string, tableArn: string): Statement[] => [
  {
    Sid: 'InvokeCustomersFunctions',
    Effect: 'Allow',
    Action: ['lambda:InvokeFunction'],
    Resource: `arn:${partition}:lambda:*:*:function:*:prod`,
  },
  {
    Sid: 'AssumeCustomersRoles',
    Effect: 'Allow',
    Action: ['sts:AssumeRole'],
    Resource: `arn:${partition}:iam::*:role/*`,
    Condition: { StringLike: { 'sts:ExternalId': externalIdOf('*') } },
  },
  {
    Sid: 'CacheDirectories',
    Effect: 'Allow',
    Action: ['dynamodb:GetItem', 'dynamodb:PutItem'],
    Resource: tableArn,
    Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': `${discoveryPrefix}*` } },
  },
];
