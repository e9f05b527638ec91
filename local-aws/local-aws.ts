import { AwsError } from './aws-errors.ts';
import { CallLog } from './call-log.ts';
import { Callers } from './callers.ts';
import { EventSources } from './events/event-sources.ts';
import { Schedules } from './events/schedules.ts';
import { FaultBook } from './fault-book.ts';
import { Front } from './front.ts';
import { Enforcer } from './iam/enforce.ts';
import { internalCaller, serviceCaller } from './internal-call.ts';
import { CodeStore } from './lambda/code-store.ts';
import type { Credentials } from './lambda/environment.ts';
import { FunctionLogs } from './lambda/function-logs.ts';
import { FunctionMetrics } from './lambda/function-metrics.ts';
import type { FunctionVersion } from './lambda/function-version.ts';
import { SandboxPool } from './lambda/sandbox-pool.ts';
import { Moto, NotInMoto } from './moto.ts';
import { newMoto } from './moto-process.ts';
import { QuotaBook } from './service-quotas/quota-book.ts';

/** A running laptop AWS. */
export type LocalAws = {
  /** `http://127.0.0.1:PORT` */
  url: string;
  /** What a process needs to reach it and nothing else: endpoint, administrator's credentials, region. */
  environment: Record<string, string>;
  /** Ends moto and every sandbox; resolves when no process is left. */
  close(): Promise<void>;
};

export type LocalAwsOptions = {
  /** 0, the default, takes any free port. */
  port?: number;
  /** Judges every call by its caller's policies. Off by default. */
  enforceIam?: boolean;
  /** Told what is going on, a line at a time. */
  log?: (line: string) => void;
};

function roleCredentials(moto: Moto) {
  return async ({ roleArn, region, name }: FunctionVersion): Promise<Credentials> => {
    try {
      return await moto.ask<Credentials>('execution-credentials', { roleArn, region, sessionName: name });
    } catch (error) {
      if (error instanceof NotInMoto) throw new AwsError('AccessDeniedException', 403, error.message);
      throw error;
    }
  };
}

function environmentFor(url: string, moto: Moto): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: moto.ready.accessKeyId,
    AWS_SECRET_ACCESS_KEY: moto.ready.secretAccessKey,
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

/**
 * Starts moto and the front that fills its gaps.
 * @throws PythonError when no Python with moto can be had, or the listening error (EADDRINUSE) of a taken port.
 */
export async function startLocalAws(options: LocalAwsOptions = {}): Promise<LocalAws> {
  const { port = 0, enforceIam = false, log = () => undefined } = options;
  const moto = await Moto.start(await newMoto(log), { enforceIam });
  const callers = new Callers(moto);
  const enforcer = new Enforcer(enforceIam, callers, moto);
  const code = new CodeStore(moto);
  let url = '';
  const pool = new SandboxPool({ code, endpoint: () => url, credentials: roleCredentials(moto) });
  const logs = new FunctionLogs(internalCaller(moto, enforcer));
  const metrics = new FunctionMetrics(serviceCaller(moto));
  const runner = { moto, pool, logs, metrics };
  const sources = new EventSources({ ...runner, enforcer, callers });
  const schedules = new Schedules(runner);
  const books = { faults: new FaultBook(), quotas: new QuotaBook(), calls: new CallLog() };
  const front = new Front({ ...books, ...runner, callers, enforcer, sources, schedules });
  const close = async () => {
    const events = [await sources.close(), schedules.close()];
    await front.close();
    // What events have started ends with its sandboxes.
    await pool.close();
    await Promise.all(events.map(({ ended }) => ended));
    await Promise.all([moto.stop(), code.remove()]);
  };
  try {
    url = `http://127.0.0.1:${await front.listen(port)}`;
    await moto.ask('front-url', { url });
  } catch (error) {
    await close();
    throw error;
  }
  return { url, environment: environmentFor(url, moto), close };
}
