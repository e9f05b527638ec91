import { createHash } from 'node:crypto';
import type { ResourceKey } from '../resources/resource.ts';

/** A message of either queue: which resource, and when, unless at once. */
export interface WorkMessage {
  key: ResourceKey;
  /** When it is to be looked at. Only timers have one; a wait may be longer than a queue's longest delay. */
  dueAt?: Date;
}

/** The body of a message. */
export const bodyOf = ({ key: { kind, namespace, name }, dueAt }: WorkMessage): string =>
  JSON.stringify({ kind, namespace, name, ...(dueAt && { due_at: dueAt.toISOString() }) });

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The message in a body; undefined when it is none of ours. */
export function messageIn(body: string): WorkMessage | undefined {
  const { kind, namespace, name, due_at } = (json(body) ?? {}) as Record<string, unknown>;
  if (!isText(kind) || !isText(namespace) || !isText(name)) return undefined;
  const key = { kind, namespace, name };
  if (due_at === undefined) return { key };
  const dueAt = new Date(String(due_at));
  return Number.isNaN(dueAt.getTime()) ? undefined : { key, dueAt };
}

/** A key as one text, by which equal keys are told. */
export const textOf = ({ kind, namespace, name }: ResourceKey): string =>
  JSON.stringify([kind, namespace, name]);

/** Each key once. */
export const eachOnce = (keys: readonly ResourceKey[]): ResourceKey[] => [
  ...new Map(keys.map((key) => [textOf(key), key])).values(),
];

/** SHA-256 in hexadecimal digits, 64 of them. */
export const digestOf = (...texts: string[]): string =>
  createHash('sha256').update(JSON.stringify(texts)).digest('hex');

/**
 * The message group of a resource: `Kind/namespace/name` to read in a console, or a digest of that where it is longer or
 * has other letters than a group may have:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
export function groupOf({ kind, namespace, name }: ResourceKey): string {
  const parts = [kind, namespace, name];
  const readable = parts.join('/');
  // A slash within a name could make two keys one group.
  const isFit = /^[!-~]{1,128}$/.test(readable) && parts.every((part) => !part.includes('/'));
  return isFit ? readable : digestOf(...parts);
}
