import type { Random } from '../engine/random.ts';

/** Seconds, from the least to the most. */
type Span = readonly [least: number, most: number];

/** What an AWS is like. */
export interface AwsSettings {
  payerAccountId: string;
  regions: readonly string[];
  /** Most accounts of the organization, the payer's own included. */
  accountLimit: number;
  /** Most seconds until a change is known everywhere. */
  spreadSeconds: number;
  creationSeconds: Span;
  /** Accounts that are made at the same time. */
  createdAtOnce: number;
  /** Probability that a request for an account is refused while another one is being made. */
  concurrentModification: number;
  /** Probability that the making of an account fails for no reason of ours. */
  internalFailure: number;
  /** After its making, until EC2 takes an account for verified. */
  verificationSeconds: Span;
  /** Probability that there is no place for an instance. */
  noPlace: number;
  instanceSeconds: Span;
  /** Between two images of a name. */
  imageSeconds: number;
  /** How long something uses what was made, so that it cannot be taken away. */
  inUseSeconds: Span;
  /** Until somebody resolves a case. */
  caseSeconds: Span;
  casesPerHour: number;
  /** Until the name of a deleted secret may be used again. */
  secretDeletionSeconds: Span;
}

/** An AWS that does everything at once, and shows it to everybody. */
export const promptAws: AwsSettings = {
  payerAccountId: '111111111111',
  regions: ['us-east-1', 'eu-west-1', 'sa-east-1'],
  accountLimit: 1_000,
  spreadSeconds: 0,
  creationSeconds: [0, 0],
  createdAtOnce: 5,
  concurrentModification: 0,
  internalFailure: 0,
  verificationSeconds: [0, 0],
  noPlace: 0,
  instanceSeconds: [0, 0],
  imageSeconds: Number.POSITIVE_INFINITY,
  inUseSeconds: [0, 0],
  caseSeconds: [0, 0],
  casesPerHour: 10,
  secretDeletionSeconds: [0, 0],
};

/** An AWS of a seed's own. What is given is not drawn. */
export function drawAws(random: Random, given: Partial<AwsSettings> = {}): AwsSettings {
  const upTo = (most: number): number => (random.chance(0.3) ? 0 : random.between(0, most));
  return {
    ...promptAws,
    spreadSeconds: upTo(60),
    creationSeconds: [1, 1 + upTo(300)],
    createdAtOnce: random.integer(1, 5),
    concurrentModification: upTo(0.6),
    internalFailure: upTo(0.2),
    verificationSeconds: [0, upTo(900)],
    noPlace: upTo(0.3),
    instanceSeconds: [1, 1 + upTo(120)],
    imageSeconds: random.chance(0.7) ? Number.POSITIVE_INFINITY : random.between(20, 600),
    caseSeconds: [1, 1 + upTo(14_400)],
    casesPerHour: random.integer(2, 10),
    secretDeletionSeconds: [0, upTo(60)],
    ...given,
  };
}
