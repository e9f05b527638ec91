import type { ReconcileRecord, Reporter } from '../../../shared/reconcile/reporter.ts';

/** Remembers what it is told. */
export class RecordedReports implements Reporter {
  readonly records: ReconcileRecord[] = [];
  readonly errors: unknown[] = [];
  readonly lost: { what: string; id: string }[] = [];

  reconciled(record: ReconcileRecord, error?: unknown): void {
    this.records.push(record);
    if (error !== undefined) this.errors.push(error);
  }

  dropped(what: string, id: string): void {
    this.lost.push({ what, id });
  }

  get outcomes(): string[] {
    return this.records.map(({ outcome }) => outcome);
  }
}
