import type {
  AccessFailure,
  Answer,
  CallOptions,
  CustomerAccess,
  OperationName,
  Operations,
  Trace,
} from '../../../regional/access/access.ts';
import type { CustomerAccount } from '../../../regional/accounts/customer-account.ts';
import type { PlatformAccessMode } from '../../../schemas/generated/platform-account-registration.js';

/** A call as it was made. */
interface Call {
  account: string;
  mode: PlatformAccessMode;
  operation: OperationName;
  request: object;
  options: CallOptions;
}

/** What is to be answered to a call; the nth call of an operation has `nth`, from 1. */
type Script = (call: Call & { nth: number }) => Answer<unknown> | Promise<Answer<unknown>>;

const noFindings = {
  summary: { status: 'passed', passed: 40, failed: 0, warning: 0 },
  dry_run: false,
} as const;

const results: { [Name in OperationName]: Operations[Name]['result'] } = {
  'preflight-checker': { ...noFindings, validation_results: [] },
  'network-verifier': { ...noFindings, network_validation_results: [] },
  'oidc-provisioner': {
    oidc_provider_arn: 'arn:aws:iam::123456789012:oidc-provider/oidc.example.com/c1',
    status: 'created',
    changes: [],
    dry_run: false,
  } as unknown as Operations['oidc-provisioner']['result'],
};

const trace: Trace = {
  via: 'lambda',
  requestId: '7c6f8a52-0001',
  durationMs: 1_200,
  attempts: 1,
  functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:rosa-some-component:prod',
  version: '7',
  release: '0.1.0',
};

/** An answer with a result: the operation's ordinary one, unless told. */
export const answered = <Name extends OperationName>(
  operation: Name,
  result: Partial<Operations[Name]['result']> = {},
  traced: Partial<Trace> = {},
): Answer<unknown> => ({
  outcome: 'answered',
  result: { ...results[operation], ...result },
  trace: { ...trace, ...traced },
});

/** An answer without a result. */
export function unanswered(failure: Partial<AccessFailure> = {}): Answer<unknown> {
  const { requestId: _, ...known } = trace;
  const reason = { kind: 'throttled', message: 'Lambda limits the rate of calls', mayPass: true } as const;
  return { outcome: 'failed', failure: { ...reason, ...failure }, trace: known };
}

/** A way into accounts that answers by a script: all is well, unless told. */
export class FakeCustomerAccess implements CustomerAccess {
  readonly calls: Call[] = [];
  readonly #script: Script;

  constructor(script: Script = ({ operation }) => answered(operation)) {
    this.#script = script;
  }

  async invoke<Name extends OperationName>(
    account: CustomerAccount,
    mode: PlatformAccessMode,
    operation: Name,
    request: Operations[Name]['request'],
    options: CallOptions,
  ): Promise<Answer<Operations[Name]['result']>> {
    const call = { account: account.metadata.name, mode, operation, request, options };
    this.calls.push(call);
    const nth = this.calls.filter((one) => one.operation === operation).length;
    return (await this.#script({ ...call, nth })) as Answer<Operations[Name]['result']>;
  }

  /** The operations that were called, in order. */
  get operations(): OperationName[] {
    return this.calls.map(({ operation }) => operation);
  }
}
