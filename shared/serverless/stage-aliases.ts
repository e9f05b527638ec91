import { setTimeout as sleep } from 'node:timers/promises';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { generate } from '../../schemas/generate.ts';
import { clmRoleProblem } from '../release/clm-role.ts';
import { lambdaFunctions } from '../release/lambda-functions.ts';
import { release } from '../release/release.ts';
import { isStage, type Stage, stages } from '../release/stages.ts';
import { deployedFunctions } from './deployed-functions.ts';
import { writeLocalHandler } from './invoke-local.ts';
import { releaseReport } from './release-report.ts';
import type { PluginUtils, SdkConfig, Serverless } from './serverless-api.ts';

/** Output of the stack that says which stage was deployed to it last. */
const deployedStageOutput = 'DeployedStage';

/** A role made by this deploy may take this long until IAM knows it everywhere: 15 s in all, doubling from 1 s. */
const freshRole = { attempts: 5, firstPauseMs: 1_000, sleep, random: () => 1 };

/**
 * Serverless plugin: makes `--stage` an alias of the functions. After a deploy it releases what was deployed,
 * with the code that rosactl uses too (shared/release/).
 */
export class StageAliases {
  readonly hooks: Record<string, () => Promise<void> | void>;
  private readonly serverless: Serverless;
  private readonly utils: PluginUtils;

  constructor(serverless: Serverless, options: { function?: string }, utils: PluginUtils) {
    this.serverless = serverless;
    this.utils = utils;
    this.hooks = {
      initialize: () => this.checkParameters(),
      // The validators in the bundles come from the schemas as they are now.
      'before:package:initialize': generate,
      'before:invoke:local:loadEnvVars': generate,
      'before:invoke:local:invoke': () => writeLocalHandler(serverless, options.function ?? ''),
      'after:aws:deploy:deploy:checkForChanges': () => this.deployAfterAnotherStage(),
      'after:deploy:deploy': () => this.release(),
    };
  }

  private get stage(): Stage {
    const stage = this.serverless.getProvider('aws').getStage();
    if (isStage(stage)) return stage;
    throw new this.serverless.classes.Error(
      `there is no stage "${stage}": choose one of ${stages.join(', ')} with --stage`,
    );
  }

  private get clmRoleArn(): string | undefined {
    const value = this.serverless.service.custom.clmRoleArn;
    return value === '' ? undefined : value;
  }

  private checkParameters(): void {
    void this.stage;
    const problem = this.clmRoleArn && clmRoleProblem(this.clmRoleArn);
    if (problem) throw new this.serverless.classes.Error(problem);
  }

  private sdkConfig(): Promise<SdkConfig> {
    const provider = this.serverless.getProvider('aws');
    return provider.getAwsSdkV3Config?.() ?? Promise.resolve({ region: provider.getRegion() });
  }

  /**
   * All stages share a stack, but the framework compares with the last deploy of this stage only. When another
   * stage has been deployed since, nothing may be skipped: its code and settings are in the stack.
   */
  private async deployAfterAnotherStage(): Promise<void> {
    const { provider } = this.serverless.service;
    if (!provider.shouldNotDeploy) return;
    const cloudFormation = new CloudFormationClient(await this.sdkConfig());
    const { Stacks } = await cloudFormation.send(
      new DescribeStacksCommand({ StackName: provider.stackName }),
    );
    const output = Stacks?.[0]?.Outputs?.find(({ OutputKey }) => OutputKey === deployedStageOutput);
    if (output?.OutputValue !== this.stage) provider.shouldNotDeploy = false;
  }

  private async release(): Promise<void> {
    const { log, progress } = this.utils;
    const step = progress.create({ message: `Publishing and trying new versions for ${this.stage}` });
    try {
      const released = await release(
        {
          functions: lambdaFunctions(new LambdaClient(await this.sdkConfig())),
          retryPolicy: freshRole,
          progress: (message) => step.update(message),
        },
        {
          stage: this.stage,
          deployed: await deployedFunctions(this.serverless),
          clmRoleArn: this.clmRoleArn,
        },
      );
      log.notice();
      log.notice(releaseReport(this.stage, released, this.clmRoleArn));
    } finally {
      step.remove();
    }
  }
}
