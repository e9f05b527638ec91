import {
  CreatePolicyCommand,
  DeletePolicyCommand,
  GetPolicyCommand,
  type IAMClient,
} from '@aws-sdk/client-iam';
import { AwsCallError, awsCall, unlessMissing } from '../../shared/aws/aws-call-error.ts';
import type { PolicyTrials, TrialAnswer } from './policy-trials.ts';

/** What they are made with. */
interface TrialOptions {
  /** IAM of the account that pays. */
  iam: IAMClient;
  partition: string;
  payerAccountId(): Promise<string>;
}

/** Where policies are tried, and nothing else is: the role of the worker has it, too. */
const path = '/rosa-accounts-trial/';

async function make(iam: IAMClient, name: string, document: string): Promise<TrialAnswer> {
  const command = new CreatePolicyCommand({ PolicyName: name, Path: path, PolicyDocument: document });
  try {
    await awsCall('iam:CreatePolicy', () => iam.send(command));
    return { outcome: 'taken' };
  } catch (error) {
    if (!(error instanceof AwsCallError)) throw error;
    // The name is that of one version of one resource: what is there is the same policy.
    if (error.failure === 'exists') return { outcome: 'taken' };
    if (error.failure === 'invalid') return { outcome: 'refused', said: error.said };
    throw error;
  }
}

/** IAM's managed policies. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html */
export const awsPolicyTrials = ({ iam, partition, payerAccountId }: TrialOptions): PolicyTrials => ({
  hasManaged: async (name) => {
    const command = new GetPolicyCommand({ PolicyArn: `arn:${partition}:iam::aws:policy/${name}` });
    return (await unlessMissing(awsCall('iam:GetPolicy', () => iam.send(command)))) !== undefined;
  },

  make: (name, document) => make(iam, name, document),

  unmake: async (name) => {
    const arn = `arn:${partition}:iam::${await payerAccountId()}:policy${path}${name}`;
    const command = new DeletePolicyCommand({ PolicyArn: arn });
    const found = await unlessMissing(awsCall('iam:DeletePolicy', () => iam.send(command)));
    return found ? 'gone' : 'not there';
  },
});
