import { AwsCallError } from '../../../shared/aws/aws-call-error.ts';
import type { CustomerAccount } from '../../accounts/customer-account.ts';
import type { AccessFailure, OperationName } from '../access.ts';
import { failureOfCall } from '../aws-failures.ts';
import type { CustomerAws, Invoked } from '../customer-aws.ts';
import type { Directories, Found } from '../discovery/directories.ts';
import type { Directory } from '../discovery/directory.ts';
import { failed, type Outcome } from '../failure.ts';
import { nameIn, unqualified } from '../place.ts';

/** What to have an account's function do. */
export interface FunctionCall {
  account: CustomerAccount;
  operation: OperationName;
  request: object;
  asynchronously?: boolean;
}

/** What a function answered, and which it was. */
export interface FunctionAnswer {
  functionArn: string;
  invoked: Invoked;
}

const functionMissing = (name: string): AccessFailure =>
  failed('not-found', `Lambda function ${name} not found; run \`rosactl setup-account\``);

const aliasMissing = (name: string): AccessFailure =>
  failed(
    'not-found',
    `Lambda function ${name} has no alias prod; run \`rosactl setup-account\`, or \`rosactl promote-lambdas\` when another alias is the one to take`,
  );

/** AWS says the same of a function and of an alias that is missing. */
async function missing(functionArn: string, aws: CustomerAws, signal: AbortSignal): Promise<AccessFailure> {
  const name = nameIn(functionArn);
  const there = await aws.codeSha256(unqualified(functionArn), signal).catch((error: unknown) => {
    // A role that may not look cannot tell them apart; setting the account up helps either way.
    if (error instanceof AwsCallError) return undefined;
    throw error;
  });
  return there ? aliasMissing(name) : functionMissing(name);
}

type Way = { aws: CustomerAws; signal: AbortSignal };

async function invokeOne(
  { aws, signal }: Way,
  { operation, request, asynchronously }: FunctionCall,
  directory: Directory,
): Promise<Outcome<FunctionAnswer>> {
  const functionArn = directory[operation];
  if (!functionArn) return { failure: functionMissing(`rosa-${operation}`) };
  try {
    const call = { functionArn, payload: JSON.stringify(request), ...(asynchronously && { asynchronously }) };
    return { value: { functionArn, invoked: await aws.invoke(call, signal) } };
  } catch (error) {
    if (!(error instanceof AwsCallError) || error.failure === 'unauthenticated') throw error;
    if (error.failure === 'not-found') return { failure: await missing(functionArn, aws, signal) };
    return { failure: failureOfCall(error, functionArn) };
  }
}

/** Failures behind which the functions may just have moved. */
const movingKinds = new Set<string>(['not-found', 'foreign-function', 'denied']);

const isWorthAnotherLook = ({ spec }: CustomerAccount, known: Found, { kind }: AccessFailure): boolean =>
  spec.registration.authentication === 'assume-role' && !known.isFresh && movingKinds.has(kind);

/**
 * Invokes the function of an account that offers an operation, by its alias prod. When it is not there, or not to be
 * had, the functions are looked for again, once, by their tags.
 * @throws AwsCallError when the credentials are refused, or when AWS does not answer the first look
 */
export async function invokeFunction(
  directories: Directories,
  way: Way,
  call: FunctionCall,
): Promise<Outcome<FunctionAnswer>> {
  const { account, operation } = call;
  const known = await directories.find(account, way.aws, way.signal);
  const first = 'failure' in known ? known : await invokeOne(way, call, known.value);
  if (!('failure' in first) || !isWorthAnotherLook(account, known, first.failure)) return first;
  const again = await directories.refresh(account, way.aws, way.signal).catch((error: unknown) => {
    if (error instanceof AwsCallError) return first;
    throw error;
  });
  if ('failure' in again) return again.failure.kind === 'denied' ? first : again;
  const moved = 'failure' in known || known.value[operation] !== again.value[operation];
  return moved ? invokeOne(way, call, again.value) : first;
}
