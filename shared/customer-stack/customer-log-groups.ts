import type { InstalledFunction } from './components.ts';

/** The log groups of the functions, which outlive the stack. Every call rejects with AwsCallError. */
export interface CustomerLogGroups {
  /** Makes those of the functions as the stack's parameters want them, or mends them. */
  ensure(functions: InstalledFunction[], parameters: Record<string, string>): Promise<void>;
  present(functionName: string): Promise<boolean>;
  /** Deletes one with all its records; one that is gone already is no error. */
  remove(functionName: string): Promise<void>;
}
