import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type LocalAws, startLocalAws } from '../local-aws/local-aws.ts';
import { findPython } from '../local-aws/python.ts';
import { enlarge, largeListings, prepareSmallAccount } from './accounts.ts';
import { AnswerServer } from './answers/answer-server.ts';
import { verdicts } from './budgets.ts';
import { type AccountToMeasure, casesOf } from './cases.ts';
import { type BenchCase, type BenchDocument, documentFormat } from './document.ts';
import { type Laboratory, measureCase } from './measure.ts';
import type { Options } from './options.ts';
import { type PackagedFunction, packageFunctions } from './subjects/packages.ts';

const project = fileURLToPath(new URL('..', import.meta.url));

type Wanted = Pick<Options, 'runs' | 'only' | 'account'>;
type Log = (line: string) => void;

const versions =
  'import boto3, platform; print("Python", platform.python_version(), "boto3", boto3.__version__)';

async function machine(python: string): Promise<BenchDocument['machine']> {
  const { stdout } = await promisify(execFile)(python, ['-c', versions]);
  return { node: process.version, python: stdout.trim(), cpus: availableParallelism() };
}

async function measureAccount(
  laboratory: Laboratory,
  packages: readonly PackagedFunction[],
  account: AccountToMeasure,
): Promise<BenchCase[]> {
  const measured: BenchCase[] = [];
  for (const one of casesOf(account)) {
    const packaged = packages.find(({ component }) => component === one.component);
    if (packaged) measured.push(await measureCase(laboratory, one, packaged));
  }
  return measured;
}

/** The small account first; it then grows into the large one. */
async function measureAccounts(
  aws: LocalAws,
  laboratory: Laboratory,
  packages: readonly PackagedFunction[],
  wanted?: BenchCase['account'],
): Promise<BenchCase[]> {
  const small = await prepareSmallAccount(aws);
  const cases = wanted === 'large' ? [] : await measureAccount(laboratory, packages, small);
  if (wanted === 'small') return cases;
  laboratory.log('Filling the account: 200 subnets, 200 route tables');
  const large = await enlarge(aws, small);
  laboratory.server.startOver(largeListings);
  return [...cases, ...(await measureAccount(laboratory, packages, large))];
}

/** What everything is measured with. */
interface Equipment {
  aws: LocalAws;
  server: AnswerServer;
  folder: string;
  signal: AbortSignal;
  log: Log;
}

const administratorOf = ({ environment }: LocalAws) => ({
  accessKeyId: environment.AWS_ACCESS_KEY_ID ?? '',
  secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? '',
  sessionToken: 'bench',
});

async function measure({ aws, ...equipment }: Equipment, { runs, only, account }: Wanted) {
  const { server, folder, log } = equipment;
  log('Packaging the functions');
  const all = await packageFunctions(project, folder);
  const packages = all.filter(({ component }) => (only ?? component) === component);
  const python = await findPython(log);
  const bench = { endpoint: server.url, credentials: administratorOf(aws), python };
  const cases = await measureAccounts(aws, { ...equipment, ...bench, runs }, packages, account);
  const zipBytes = Object.fromEntries(packages.map(({ component, zipBytes }) => [component, zipBytes]));
  return { machine: await machine(python), zipBytes, cases };
}

/**
 * Measures the functions of these sources.
 * @param signal ends it early; everything it has started ends with it
 * @param log told what is going on, a line at a time
 */
export async function runBench(wanted: Wanted, signal: AbortSignal, log: Log): Promise<BenchDocument> {
  log('Starting the laptop AWS');
  const aws = await startLocalAws({ log });
  const server = await AnswerServer.start(aws.url);
  const folder = await mkdtemp(join(tmpdir(), 'rosa-bench-'));
  try {
    const { version } = JSON.parse(await readFile(join(project, 'package.json'), 'utf8'));
    const measured = await measure({ aws, server, folder, signal, log }, wanted);
    const budgets = verdicts(measured.cases);
    return { format: documentFormat, version, runs: wanted.runs, ...measured, budgets };
  } finally {
    await Promise.all([server.close(), aws.close(), rm(folder, { recursive: true, force: true })]);
  }
}
