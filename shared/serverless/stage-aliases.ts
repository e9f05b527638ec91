import { setTimeout as sleep } from 'node:timers/promises';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { generate } from '../../schemas/generate.ts';
import { awsLambdaFunctions } from '../release/aws-lambda-functions.ts';
import { clmRoleProblem } from '../release/clm-role.ts';
import { release } from '../release/release.ts';
import { isStage, type Stage, stages } from '../release/stages.ts';
import { deployedFunctions } from './deployed-functions.ts';
import { emptyBucket } from './empty-bucket.ts';
import { writeLocalHandler } from './invoke-local.ts';
import { releaseReport } from './release-report.ts';
import type { CommandOptions, PluginUtils, SdkConfig, Serverless } from './serverless-api.ts';
import { deployedStack, forgottenParameters } from './shared-stack.ts';

/** A role made by this deploy may take this long until IAM knows it everywhere: 15 s in all, doubling from 1 s. */
const freshRole = { attempts: 5, firstPauseMs: 1_000, sleep, random: () => 1 };

/** `build` in serverless.yml is for Serverless Framework 4, which knows it; osls has to be told. */
function defineBuild({ configSchemaHandler }: Serverless): void {
  if (configSchemaHandler.schema.properties.build) return;
  configSchemaHandler.defineTopLevelProperty('build', { type: 'object' });
}

/**
 * Serverless plugin: makes `--stage` an alias of the functions. After a deploy it releases what was deployed,
 * with the code that rosactl uses too (shared/release/).
 */
export class StageAliases {
  readonly hooks: Record<string, () => Promise<void> | void>;
  private readonly serverless: Serverless;
  private readonly options: CommandOptions;
  private readonly utils: PluginUtils;

  constructor(serverless: Serverless, options: CommandOptions, utils: PluginUtils) {
    this.serverless = serverless;
    this.options = options;
    this.utils = utils;
    defineBuild(serverless);
    this.hooks = {
      initialize: () => this.checkParameters(),
      // The validators in the bundles come from the schemas as they are now.
      'before:package:initialize': generate,
      'before:invoke:local:loadEnvVars': generate,
      'before:invoke:local:invoke': () => writeLocalHandler(serverless, options.function ?? ''),
      'before:aws:deploy:deploy:createStack': () => this.refuseForgottenParameters(),
      'after:aws:deploy:deploy:checkForChanges': () => this.deployAfterAnotherStage(),
      'after:deploy:deploy': () => this.release(),
      'before:remove:remove': () => this.emptyBucket(),
      'before:deploy:function:initialize': () => this.refuse('serverless deploy function'),
      'before:rollback:initialize': () => this.refuse('serverless rollback'),
    };
  }

  private get stage(): Stage {
    const stage = this.serverless.getProvider('aws').getStage();
    if (isStage(stage)) return stage;
    return this.fail(`there is no stage "${stage}": choose one of ${stages.join(', ')} with --stage`);
  }

  private get clmRoleArn(): string | undefined {
    return this.serverless.service.custom.clmRoleArn || undefined;
  }

  private get sharedParameters(): Record<string, string> {
    return JSON.parse(this.serverless.service.custom.sharedParameters) as Record<string, string>;
  }

  /** An error of the framework's own kind is shown without a stack trace. */
  private fail(message: string, cause?: unknown): never {
    throw Object.assign(new this.serverless.classes.Error(message), { cause });
  }

  private refuse(command: string): void {
    this.fail(
      `"${command}" would change what runs without publishing and trying a version. Use "serverless deploy"`,
    );
  }

  private checkParameters(): void {
    void this.stage;
    const problem = this.clmRoleArn && clmRoleProblem(this.clmRoleArn);
    if (problem) this.fail(problem);
    const { networkVerifierSubnetIds: subnets, networkVerifierSecurityGroupIds: groups } =
      this.sharedParameters;
    if (Boolean(subnets) !== Boolean(groups)) {
      this.fail(
        'networkVerifierSubnetIds and networkVerifierSecurityGroupIds go together: give both or none',
      );
    }
  }

  private sdkConfig(): Promise<SdkConfig> {
    const provider = this.serverless.getProvider('aws');
    return provider.getAwsSdkV3Config?.() ?? Promise.resolve({ region: provider.getRegion() });
  }

  private async refuseForgottenParameters(): Promise<void> {
    const stack = await deployedStack(await this.sdkConfig(), this.serverless.service.provider.stackName);
    const asked = new Set((this.options.param ?? []).map((given) => given.split('=')[0] ?? ''));
    const forgotten = forgottenParameters(stack?.parameters ?? {}, this.sharedParameters, asked);
    if (forgotten.length === 0) return;
    this.fail(
      `all stages share one stack, and this deploy would change it without having been asked to: ${forgotten.join('; ')}. Give the parameters of the last deploy again, or the new value with --param`,
    );
  }

  /**
   * The framework compares with the last deploy of this stage only. When another stage has been deployed since,
   * nothing may be skipped: its code and settings are in the stack.
   */
  private async deployAfterAnotherStage(): Promise<void> {
    const { provider } = this.serverless.service;
    if (!provider.shouldNotDeploy) return;
    const stack = await deployedStack(await this.sdkConfig(), provider.stackName);
    if (stack?.stage !== this.stage) provider.shouldNotDeploy = false;
  }

  private async release(): Promise<void> {
    const { log, progress } = this.utils;
    const step = progress.create({ message: `Publishing and trying new versions for ${this.stage}` });
    try {
      const released = await release(
        {
          functions: awsLambdaFunctions(new LambdaClient(await this.sdkConfig())),
          retryPolicy: freshRole,
          progress: (message) => step.update(message),
        },
        {
          stage: this.stage,
          deployed: await deployedFunctions(this.serverless),
          clmRoleArn: this.clmRoleArn,
        },
      );
      const skipped = this.serverless.service.provider.shouldNotDeploy ?? false;
      log.notice();
      log.notice(releaseReport(this.stage, released, this.clmRoleArn, skipped));
    } catch (error) {
      const sentence = (error as Error).message.replace(/\.$/, '');
      this.fail(
        `the release to ${this.stage} stopped: ${sentence}. Once that is mended, the same command finishes it`,
        error,
      );
    } finally {
      step.remove();
    }
  }

  private async emptyBucket(): Promise<void> {
    const provider = this.serverless.getProvider('aws');
    const bucket = await provider.getServerlessDeploymentBucketName();
    await emptyBucket(
      await this.sdkConfig(),
      bucket,
      `${provider.getDeploymentPrefix()}/${this.serverless.service.service}/`,
    );
  }
}
