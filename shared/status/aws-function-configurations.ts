import { GetFunctionConfigurationCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import { awsCall, unlessMissing } from '../aws/aws-call-error.ts';
import type { FunctionConfigurations } from './settings.ts';

/** The settings of the functions that the client's credentials and region reach. */
export const awsFunctionConfigurations = (client: LambdaClient): FunctionConfigurations => ({
  configuration: async (functionName, qualifier) => {
    const command = new GetFunctionConfigurationCommand({ FunctionName: functionName, Qualifier: qualifier });
    const call = awsCall('lambda:GetFunctionConfiguration', () => client.send(command));
    const found = await unlessMissing(call);
    if (!found) return undefined;
    const { MemorySize, Timeout, Runtime, Handler, Role = '' } = found;
    return { MemorySize, Timeout, Runtime, Handler, roleArn: Role };
  },
});
