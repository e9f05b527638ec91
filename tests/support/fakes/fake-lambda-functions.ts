import { AwsCallError } from '../../../shared/aws/aws-call-error.ts';
import type {
  Alias,
  FunctionVersion,
  InvocationOutcome,
  LambdaFunctions,
  PolicyStatement,
} from '../../../shared/release/lambda-functions.ts';

interface FakeFunction {
  versions: FunctionVersion[];
  codeSha256: string;
  settings: string;
  /** Whether `$LATEST` was updated since the last publish, with equal bytes or not. */
  updated: boolean;
  aliases: Map<string, Alias>;
  policies: Map<string, PolicyStatement[]>;
}

type Call = keyof LambdaFunctions;

const awsError = (action: string, name: string) =>
  new AwsCallError(action, Object.assign(new Error(`${action} was refused`), { name, $metadata: {} }));

/** Lambda in memory: keeps versions, aliases and alias policies as AWS does, and fails when told to. */
export class FakeLambdaFunctions implements LambdaFunctions {
  readonly calls: string[] = [];
  private readonly functions = new Map<string, FakeFunction>();
  private readonly answers = new Map<string, InvocationOutcome[]>();
  private readonly failures: { call: Call; name: string; error: Error }[] = [];
  private revisions = 0;

  /** Deploys to `$LATEST`, as a stack update does; the next publish makes a version of it, whatever changed. */
  deploy(name: string, codeSha256: string, settings = 'memory 128'): void {
    const deployed = { codeSha256, settings, updated: true };
    const known = this.functions.get(name);
    if (known) Object.assign(known, deployed);
    else this.functions.set(name, { ...deployed, versions: [], aliases: new Map(), policies: new Map() });
  }

  /** Deletes a function as somebody might by hand. */
  remove(name: string): void {
    this.functions.delete(name);
  }

  /** The next invocations of a function answer this; after them it answers its dry run. */
  willAnswer(name: string, ...outcomes: InvocationOutcome[]): void {
    this.answers.set(name, outcomes);
  }

  /** The next such call about a function fails. */
  failOnce(call: Call, name: string, code = 'ServiceException'): void {
    this.failures.push({ call, name, error: awsError(`lambda:${call}`, code) });
  }

  /** The version each function's alias points to. */
  versionsOf(alias: string): Record<string, string | undefined> {
    return Object.fromEntries(
      [...this.functions].map(([name, one]) => [name, one.aliases.get(alias)?.version]),
    );
  }

  descriptionOf(name: string, alias: string): string | undefined {
    return this.find(name).aliases.get(alias)?.description;
  }

  /** Sends a share of an alias's traffic to another version, as someone might by hand. */
  setWeights(name: string, alias: string, weights: Record<string, number>): void {
    const found = this.find(name).aliases.get(alias);
    if (found) found.weights = weights;
  }

  weightsOf(name: string, alias: string): Record<string, number> | undefined {
    return this.find(name).aliases.get(alias)?.weights;
  }

  /** An alias of '' stands for the function itself. */
  addStatement(name: string, alias: string, statement: PolicyStatement): void {
    const { policies } = this.find(name);
    policies.set(alias, [...(policies.get(alias) ?? []), statement]);
  }

  async versions(name: string): Promise<FunctionVersion[]> {
    const { codeSha256, settings, versions } = this.enter('versions', name);
    return [{ version: '$LATEST', codeSha256, settings }, ...versions];
  }

  async publish(name: string, codeSha256: string): Promise<string> {
    const one = this.enter('publish', name);
    if (one.codeSha256 !== codeSha256)
      throw awsError('lambda:PublishVersion', 'InvalidParameterValueException');
    if (one.updated) {
      const { settings } = one;
      one.versions.push({ version: String(one.versions.length + 1), codeSha256, settings });
    }
    one.updated = false;
    return String(one.versions.length);
  }

  async invoke(name: string, qualifier: string): Promise<InvocationOutcome> {
    this.enter('invoke', name, qualifier);
    return this.answers.get(name)?.shift() ?? { payload: { dry_run: true } };
  }

  async alias(name: string, alias: string): Promise<Alias | undefined> {
    this.note('alias', name);
    const found = this.functions.get(name)?.aliases.get(alias);
    return found && { ...found };
  }

  async createAlias(name: string, alias: string, version: string, description: string): Promise<void> {
    this.enter('createAlias', name).aliases.set(alias, {
      version,
      description,
      weights: {},
      revisionId: this.nextRevision(),
    });
  }

  async updateAlias(name: string, alias: string, to: Alias): Promise<void> {
    const { aliases } = this.enter('updateAlias', name);
    if (aliases.get(alias)?.revisionId !== to.revisionId) {
      throw awsError('lambda:UpdateAlias', 'PreconditionFailedException');
    }
    aliases.set(alias, { ...to, revisionId: this.nextRevision() });
  }

  async deleteAlias(name: string, alias: string): Promise<void> {
    this.enter('deleteAlias', name).aliases.delete(alias);
  }

  async policy(name: string, alias = ''): Promise<PolicyStatement[]> {
    this.note('policy', name);
    return [...(this.functions.get(name)?.policies.get(alias) ?? [])];
  }

  async allowInvoke(name: string, alias: string, statementId: string, principal: string): Promise<void> {
    this.enter('allowInvoke', name);
    this.addStatement(name, alias, {
      Sid: statementId,
      Effect: 'Allow',
      Principal: { AWS: principal },
      Action: 'lambda:InvokeFunction',
      Resource: `arn:aws:lambda:us-east-1:123456789012:function:${name}:${alias}`,
    });
  }

  async removeStatement(name: string, alias: string | undefined, statementId: string): Promise<void> {
    const place = alias ?? '';
    const { policies } = this.enter('removeStatement', name);
    policies.set(
      place,
      (policies.get(place) ?? []).filter(({ Sid }) => Sid !== statementId),
    );
  }

  private find(name: string): FakeFunction {
    const one = this.functions.get(name);
    if (!one) throw awsError('lambda:GetFunction', 'ResourceNotFoundException');
    return one;
  }

  private enter(call: Call, name: string, detail = ''): FakeFunction {
    this.note(call, name, detail);
    return this.find(name);
  }

  private note(call: Call, name: string, detail = ''): void {
    this.calls.push([call, name, detail].filter(Boolean).join(' '));
    const index = this.failures.findIndex((failure) => failure.call === call && failure.name === name);
    const [failure] = index < 0 ? [] : this.failures.splice(index, 1);
    if (failure) throw failure.error;
  }

  private nextRevision(): string {
    this.revisions += 1;
    return `revision-${this.revisions}`;
  }
}
