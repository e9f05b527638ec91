import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { AwsCallError, awsCall } from '../aws/aws-call-error.ts';
import type { SdkConfig } from './serverless-api.ts';

/** What the stack says of the deploy before: see `Outputs` in serverless.yml. */
export interface DeployedStack {
  stage?: string;
  /** Values of the parameters that all stages share. */
  parameters: Record<string, string>;
}

/** Reads what was deployed last, or undefined when there is no stack yet. */
export async function deployedStack(
  config: SdkConfig,
  stackName: string,
): Promise<DeployedStack | undefined> {
  const client = new CloudFormationClient(config);
  const describe = awsCall('cloudformation:DescribeStacks', () =>
    client.send(new DescribeStacksCommand({ StackName: stackName })),
  );
  // CloudFormation answers ValidationError for a stack that does not exist.
  const found = await describe.catch((error: unknown) => {
    if (error instanceof AwsCallError && error.code === 'ValidationError') return undefined;
    throw error;
  });
  const outputs = found?.Stacks?.[0]?.Outputs ?? [];
  const output = (key: string) => outputs.find(({ OutputKey }) => OutputKey === key)?.OutputValue;
  return (
    found && { stage: output('DeployedStage'), parameters: JSON.parse(output('DeployedParameters') ?? '{}') }
  );
}

/**
 * Says which parameters a deploy would change without having been asked to: all stages share one stack, so a
 * parameter that is left out at a deploy to `staging` would fall back to its default under `prod` as well.
 * @param asked names of the parameters given on the command line
 */
export function forgottenParameters(
  before: Record<string, string>,
  now: Record<string, string>,
  asked: ReadonlySet<string>,
): string[] {
  return Object.keys(now)
    .filter((name) => name in before && before[name] !== now[name] && !asked.has(name))
    .map((name) => `${name} is "${before[name]}" in the stack and would become "${now[name]}"`);
}
