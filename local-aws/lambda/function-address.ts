import { AwsError } from '../aws-errors.ts';
import type { AwsRequest } from '../aws-request.ts';

/** Which function, and which version or alias of it, a request speaks of. */
export type FunctionAddress = {
  partition: string;
  region: string;
  accountId: string;
  name: string;
  /** A version, an alias or `$LATEST`; absent when the request named none. */
  qualifier?: string;
};

type Home = { partition: string; accountId: string };

const GIVEN =
  /^(?:arn:(?<partition>[^:]+):lambda:(?<arnRegion>[^:]+):)?(?:(?<account>\d{12}):)?(?:function:)?(?<name>[^:]+)(?::(?<inside>.+))?$/;

/**
 * Reads a name, a partial ARN or a full one, each with or without a qualifier.
 * https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_RequestParameters
 * @throws AwsError when the qualifier in the name contradicts `Qualifier`, or the ARN is of another region.
 */
export function parseAddress(given: string, home: Home, region: string, queried?: string): FunctionAddress {
  const { partition, arnRegion, account, name, inside } = GIVEN.exec(given)?.groups ?? {};
  if (arnRegion && arnRegion !== region) {
    const message = `Functions from '${arnRegion}' are not reachable in this region ('${region}')`;
    throw new AwsError('ResourceNotFoundException', 404, message);
  }
  if (inside && queried && inside !== queried) {
    throw new AwsError(
      'InvalidParameterValueException',
      400,
      'The derived qualifier from the function name does not match the specified qualifier.',
    );
  }
  return {
    partition: partition ?? home.partition,
    region,
    accountId: account ?? home.accountId,
    name: name ?? given,
    qualifier: inside ?? queried,
  };
}

/** Reads a function's full ARN, with its qualifier if it has one. */
export function parseArn(arn: string): FunctionAddress {
  const [, partition = '', , region = '', accountId = ''] = arn.split(':');
  return parseAddress(arn, { partition, accountId }, region);
}

/** The function a Lambda request names in its path (or `named`, from its body); `undefined` if none. */
export function requestAddress(request: AwsRequest, home: Home, named?: string): FunctionAddress | undefined {
  const inPath = /\/functions\/([^/]+)/.exec(request.path)?.[1];
  const given = named ?? (inPath ? decodeURIComponent(inPath) : undefined);
  if (!given) return undefined;
  return parseAddress(given, home, request.region, request.query.get('Qualifier') ?? undefined);
}

/** The ARN as it was addressed: with the qualifier if there was one. */
export function functionArn({ partition, region, accountId, name, qualifier }: FunctionAddress): string {
  const arn = `arn:${partition}:lambda:${region}:${accountId}:function:${name}`;
  return qualifier ? `${arn}:${qualifier}` : arn;
}
