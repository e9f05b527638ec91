import { keyOf, type Resource, sentenceOf } from './resource.ts';

/** What a caller has changed and a call does not write would be lost; this is a fault of the caller. */
export function refuse(resource: Resource, call: string, what: string): never {
  throw new Error(
    `${call} of ${sentenceOf(keyOf(resource))} was given a changed ${what}, which it does not write`,
  );
}
