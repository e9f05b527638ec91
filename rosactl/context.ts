import { setTimeout as sleep } from 'node:timers/promises';
import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { whoAmI } from '../shared/account/caller.ts';
import { rosaOidcProviders } from '../shared/account/oidc-providers.ts';
import { controlPlaneRegion, homeRegionOf } from '../shared/aws/partition.ts';
import { regionFrom, withinTime } from '../shared/cli/aws-settings.ts';
import { checkProfile } from '../shared/cli/known-profile.ts';
import type { Shell } from '../shared/cli/run.ts';
import { version } from '../shared/cli/version.ts';
import { awsAccessRole } from '../shared/customer-stack/aws-access-role.ts';
import { cloudFormationStack } from '../shared/customer-stack/cloudformation-stack.ts';
import { functionsOf } from '../shared/customer-stack/components.ts';
import { logGroupOf } from '../shared/customer-stack/log-group-name.ts';
import { deleteLogGroup, ensureLogGroups, isLogGroup } from '../shared/customer-stack/log-groups.ts';
import { releaseService } from '../shared/customer-stack/release-service.ts';
import { verifiedRelease } from '../shared/customer-stack/verified-release.ts';
import { wholeEnvironment } from '../shared/environment.ts';
import { awsLegacyReader } from '../shared/legacy-access/aws-legacy-reader.ts';
import { awsInvocationLogs } from '../shared/logs/aws-invocation-logs.ts';
import { findRecord } from '../shared/logs/find-record.ts';
import { once } from '../shared/once.ts';
import { httpPlatformApi } from '../shared/platform-api/http-platform-api.ts';
import { awsLambdaFunctions } from '../shared/release/aws-lambda-functions.ts';
import { freshRole } from '../shared/release/fresh-role.ts';
import { Refused } from '../shared/release/refused.ts';
import type { RetryPolicy } from '../shared/retry.ts';
import { awsExecutionRoles } from '../shared/status/aws-execution-roles.ts';
import { awsFunctionConfigurations } from '../shared/status/aws-function-configurations.ts';
import { awsFunctionLogGroups } from '../shared/status/aws-function-log-groups.ts';
import type { CommandContext } from './command.ts';
import { releaseFolder } from './release-folder.ts';
import type { Settings } from './settings.ts';

function platformApiOf(
  { platformApi, apiVersion }: Settings,
  region: string,
  { sts, verbose }: { sts: STSClient; verbose: Shell['verbose'] },
) {
  if (!platformApi) return undefined;
  return httpPlatformApi({
    fetch: (url, request) => {
      verbose(`${request?.method} ${url}`);
      return fetch(url, request);
    },
    baseUrl: platformApi.url,
    region: platformApi.region ?? region,
    version: apiVersion,
    credentials: () => sts.config.credentials(),
    retryPolicy: platformApiRetries,
    timeoutMs: 20_000,
    userAgent: `rosactl/${version}`,
  });
}

/** A record can be found some seconds after it was written: looks for half a minute. */
const ingestion: RetryPolicy = { attempts: 6, firstPauseMs: 1_000, sleep, random: () => 1 };

/** Dry runs whose records are looked for are younger than this; the computer's clock may be wrong by as much. */
const recentMs = 15 * 60_000;

/** Three attempts with pauses of up to 1 and 2 s: an API that hangs is given up after a minute. */
const platformApiRetries: RetryPolicy = { attempts: 3, firstPauseMs: 1_000, sleep, random: Math.random };

/**
 * What a command works with: the account of the credentials in the standard AWS chain, and the region of the
 * settings. Making it calls nobody.
 * @throws UsageError when no region is set anywhere; UnknownProfile
 */
export async function makeContext(settings: Settings, shell: Shell): Promise<CommandContext> {
  await checkProfile(settings.profile);
  const region = await regionFrom(settings, 'ROSACTL_REGION');
  const { profile } = settings;
  const here = { region, profile, requestHandler: withinTime(30_000) };
  const sts = new STSClient({ ...here, region: homeRegionOf(region) });
  const iam = new IAMClient({ ...here, region: homeRegionOf(region) });
  const logs = new CloudWatchLogsClient(here);
  const stack = cloudFormationStack(new CloudFormationClient(here), new S3Client(here));
  // An invocation takes as long as its function may: 300 s.
  const lambda = new LambdaClient({ ...here, requestHandler: withinTime(310_000) });
  const invocationLogs = awsInvocationLogs(logs);
  const { verbose, warn: _, ...shown } = shell;
  return {
    region,
    ...shown,
    stack,
    invocationLogs,
    functions: awsLambdaFunctions(lambda),
    configurations: awsFunctionConfigurations(lambda),
    functionLogGroups: awsFunctionLogGroups(logs),
    executionRoles: awsExecutionRoles(iam),
    accessRole: awsAccessRole(iam),
    legacy: awsLegacyReader(iam),
    retryPolicy: freshRole,
    service: releaseService({
      region,
      environment: wholeEnvironment(),
      credentials: () => sts.config.credentials(),
      verbose,
    }),
    release: once(() => verifiedRelease(releaseFolder)),
    caller: once(() => whoAmI(sts)),
    platformApi: platformApiOf(settings, region, { sts, verbose }),
    oidcProviders: rosaOidcProviders(iam),
    accountRegion: async (name, partition) => {
      const { accountRegion } = await import('./account-region.ts');
      return accountRegion({ ...here, region: controlPlaneRegion(partition) }, name);
    },
    logGroups: {
      ensure: (functions, parameters) =>
        ensureLogGroups(
          logs,
          functions.map(({ name, component }) => ({
            name,
            tags: { 'red-hat-managed': 'true', 'rosa:component': component, 'rosa:version': version },
          })),
          parameters,
        ),
      present: (name) => isLogGroup(logs, logGroupOf(name)),
      remove: (name) => deleteLogGroup(logs, logGroupOf(name)),
    },
    findRecord: (functionName, requestId) =>
      findRecord(
        { invocationLogs, retryPolicy: ingestion },
        { functionName, requestId, since: new Date(Date.now() - recentMs) },
      ),
    installed: async () => {
      const state = await stack.state();
      if (state) return functionsOf(region, state.parameters);
      throw new Refused(
        `nothing is deployed to ${region}: there is no stack ${stack.name}. Run "rosactl setup-account"`,
      );
    },
  };
}
