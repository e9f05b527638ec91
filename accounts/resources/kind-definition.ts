import type { Validator } from '../../schemas/validator.ts';
import type { ResourceMeta } from '../../shared/resources/resource.ts';
import type { StateTable } from './state-table.ts';

/** A column of `accountctl get`. */
export interface Column {
  name: string;
  /** Where its value is, such as `.status.state`. */
  jsonPath: string;
  type: 'string' | 'integer' | 'boolean' | 'date';
  /** With `--output wide` only. These are ours; the others are upstream's, by name, place and order. */
  wide?: true;
}

/** What of a resource may contradict itself. */
export interface Judged {
  spec: object;
  metadata: Pick<ResourceMeta, 'namespace'>;
}

/** What contradicts itself in a resource although each field is as it should be. */
export interface Contradiction {
  /** One word for programs; the reason of a condition. */
  reason: string;
  /** A sentence for people: what is wrong and what to do. */
  message: string;
}

/**
 * A field of the spec that a change may not touch.
 * - `creation`: it stays as it was made.
 * - `value`: once it has a value, that stays.
 * - a field's name: it stays once that field has a value.
 */
export interface FixedField {
  field: string;
  since: 'creation' | 'value' | { field: string };
  why: string;
}

/** A kind of resource: all that is not work. */
export interface KindDefinition {
  kind: string;
  meaning: string;
  plural: string;
  singular: string;
  shortName: string;
  /** The only namespace it may be in; absent: any. */
  namespace?: string;
  validate: Validator<unknown>;
  columns: readonly Column[];
  states?: StateTable<string>;
  /** Types of its conditions, and what each means. */
  conditionTypes?: Record<string, string>;
  /** Fields of the spec that controllers alone write: in a manifest they mean nothing. */
  written: readonly string[];
  fixed: readonly FixedField[];
  /** In the order in which they are told; the first is the reason of a condition. */
  contradictions(resource: Judged): Contradiction[];
}
