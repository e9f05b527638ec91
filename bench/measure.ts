import type { AnswerServer } from './answers/answer-server.ts';
import { type Call, extraPagesOf } from './answers/calls.ts';
import type { CaseToMeasure } from './cases.ts';
import type { BenchCase, Counts, Figures, Subject } from './document.ts';
import { median, roundTrips, spread } from './statistics.ts';
import type { PackagedFunction } from './subjects/packages.ts';
import { type Bench, bareProgram, functionProgram, peerProgram } from './subjects/programs.ts';
import { type ProcessReport, type Program, runProcess } from './subjects/run-process.ts';

/** Where measuring happens. */
export interface Laboratory extends Bench {
  server: AnswerServer;
  runs: number;
  /** Ends whatever runs, and with it the measuring. */
  signal: AbortSignal;
  log(line: string): void;
}

const subjects: readonly Subject[] = ['function', 'bare', 'peer'];

/** Python compiles nothing while it runs: a few invocations show what a warm one takes. */
const peerInvocations = 5;

/** AWS is moved this far away, in milliseconds, to count round trips; the difference is far beyond any noise. */
const near = 100;
const far = 500;

/** The quickest of a few invocations with AWS so far away: whatever else the machine does only makes it slower. */
async function delayed({ server, signal }: Laboratory, program: Program, latencyMs: number) {
  server.moveAway(latencyMs);
  const { invocations } = await runProcess(program, signal).finally(() => server.moveAway(0));
  return { latencyMs, wallMs: Math.min(...invocations.map(({ wallMs }) => wallMs)) };
}

/** What an invocation asks of AWS. @param calls those it made @param program invokes it a few times */
async function count(laboratory: Laboratory, calls: readonly Call[], program: Program): Promise<Counts> {
  const trips = roundTrips(await delayed(laboratory, program, near), await delayed(laboratory, program, far));
  return { awsCalls: calls.length, extraPages: extraPagesOf(calls), roundTrips: trips };
}

/** The calls of one invocation. From then on their answers are known, so that no measured run waits for them. */
async function callsOf({ server, signal }: Laboratory, program: Program): Promise<Call[]> {
  server.takeCalls();
  await runProcess(program, signal);
  return server.takeCalls();
}

const warmCpu = ({ invocations }: ProcessReport): number =>
  median(invocations.slice(1).map(({ cpuMs }) => cpuMs));

const figures = (reports: readonly ProcessReport[]): Figures => ({
  coldStartMs: spread(reports.map(({ coldStartMs }) => coldStartMs)),
  coldCpuMs: spread(reports.map(({ coldCpuMs }) => coldCpuMs)),
  importMs: spread(reports.map(({ importMs }) => importMs)),
  firstCpuMs: spread(reports.map(({ invocations }) => invocations[0]?.cpuMs ?? 0)),
  warmCpuMs: spread(reports.map(warmCpu)),
  peakMemoryMb: spread(reports.map(({ peakMemoryMb }) => peakMemoryMb)),
});

/** Runs the programs in turn, so that what else the machine does hits all of them alike. */
async function takeTurns(
  { runs, signal, log }: Laboratory,
  programs: Record<Subject, Program>,
): Promise<Record<Subject, Figures>> {
  const reports: Record<Subject, ProcessReport[]> = { function: [], bare: [], peer: [] };
  for (let run = 1; run <= runs; run += 1) {
    for (const subject of subjects) reports[subject].push(await runProcess(programs[subject], signal));
    log(`  run ${run} of ${runs}`);
  }
  const { function: ours, bare, peer } = reports;
  return { function: figures(ours), bare: figures(bare), peer: figures(peer) };
}

/** Measures one case: the function, a bare handler that makes the same calls, and the peer in Python. */
export async function measureCase(
  laboratory: Laboratory,
  one: CaseToMeasure,
  packaged: PackagedFunction,
): Promise<BenchCase> {
  const { name, component, account, roundTripLimit, invocations } = one;
  const assignment = { bench: laboratory, one, packaged };
  laboratory.log(name);
  const calls = await callsOf(laboratory, await functionProgram(assignment, 1));
  const peerCalls = await callsOf(laboratory, await peerProgram(assignment, 1));
  const measured = await takeTurns(laboratory, {
    function: await functionProgram(assignment, invocations),
    bare: await bareProgram(assignment, invocations, calls),
    peer: await peerProgram(assignment, Math.min(invocations, peerInvocations)),
  });
  const counts = {
    function: await count(laboratory, calls, await functionProgram(assignment, 4)),
    peer: await count(laboratory, peerCalls, await peerProgram(assignment, 1)),
  };
  const memorySettingMb = packaged.version.memoryMb;
  return { name, component, account, roundTripLimit, memorySettingMb, subjects: measured, counts };
}
