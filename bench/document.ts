/** What repeated runs gave: a lone time says little, so it comes with the least and the most. */
export interface Spread {
  median: number;
  min: number;
  max: number;
}

/** What one program took to do one journey. */
export interface Figures {
  /** From the start of the process to its first answer. */
  coldStartMs: Spread;
  /** CPU from the start of the process to its first answer: the part of a cold start that no busy machine changes. */
  coldCpuMs: Spread;
  importMs: Spread;
  /** CPU of all threads during the first invocation, and during one that follows it. */
  firstCpuMs: Spread;
  warmCpuMs: Spread;
  /** The most memory that was resident, when all invocations were done. */
  peakMemoryMb: Spread;
}

/** What one invocation asks of AWS. */
export interface Counts {
  awsCalls: number;
  /** Pages beyond the first of the listing that has most; each is a round trip after the one before. */
  extraPages: number;
  /** AWS round trips one after the other, from the time that a longer way to AWS adds. */
  roundTrips: { rounded: number; measured: number };
}

/** A program that does the journey. `bare` makes the function's calls with its SDK clients and nothing else. */
export type Subject = 'function' | 'bare' | 'peer';

/** One journey in one account. */
export interface BenchCase {
  /** Such as `oidc-provisioner created, small account`; two documents are compared by it. */
  name: string;
  component: string;
  account: 'small' | 'large';
  /** How many sequential round trips it may take, pages beyond the first aside. */
  roundTripLimit: number;
  memorySettingMb: number;
  subjects: Record<Subject, Figures>;
  /** Of the function, and so of the bare handler, and of the peer. */
  counts: Record<'function' | 'peer', Counts>;
}

/** Whether a budget is kept by one case. */
export interface Verdict {
  budget: string;
  case: string;
  measured: number;
  limit: number;
  kept: boolean;
}

/** What `npm run bench` prints. */
export interface BenchDocument {
  format: typeof documentFormat;
  version: string;
  machine: { node: string; python: string; cpus: number };
  /** How often each program was started for each case. */
  runs: number;
  zipBytes: Record<string, number>;
  cases: BenchCase[];
  budgets: Verdict[];
}

/** Changes when documents can no longer be compared with older ones. */
export const documentFormat = 'rosa-lambda-access bench 1';

/** A document that cannot be compared; the message says why and what to do. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
}

/** Reads what an earlier run has printed. @param file its name, for the message. @throws DocumentError */
export function readDocument(text: string, file: string): BenchDocument {
  let document: BenchDocument | undefined;
  try {
    // npm prints lines of its own before it unless told to be silent.
    document = JSON.parse(text.slice(Math.max(0, text.indexOf('{')))) as BenchDocument;
  } catch (cause) {
    const hint = 'make one with npm run --silent bench > old.json';
    throw new DocumentError(`${file} is no JSON document; ${hint}`, { cause });
  }
  if (document?.format === documentFormat) return document;
  throw new DocumentError(
    `${file} says its format is ${JSON.stringify(document?.format)} where "${documentFormat}" is needed; run the bench of that release again`,
  );
}
