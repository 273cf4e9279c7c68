/** A line that could not be read. */
export interface BrokenLine {
  readonly line: number;
  readonly problem: string;
}

/** What an import did. */
export interface ImportReport {
  readonly records: number;
  readonly broken: number;
  /** The first of the broken lines. */
  readonly firstBroken: readonly BrokenLine[];
  /** Targets that stand for names which nobody mapped, with their rows. */
  readonly unmapped: ReadonlyMap<string, number>;
  /** Rows of which nothing says which model answered. */
  readonly withoutTarget: number;
  /** What else is to be said of the log, as sentences. */
  readonly remarks: readonly string[];
}

/** So many broken lines are told one by one. */
const mostShown = 20;

/** Counts while an import runs. */
export class Tally {
  records = 0;
  private broken = 0;
  private withoutTarget = 0;
  private readonly firstBroken: BrokenLine[] = [];
  private readonly unmapped = new Map<string, number>();

  addRecord(target: string): void {
    this.records += 1;
    if (target === '') this.withoutTarget += 1;
    if (!target.startsWith('unmapped/')) return;
    this.unmapped.set(target, (this.unmapped.get(target) ?? 0) + 1);
  }

  addBroken(line: BrokenLine): void {
    this.broken += 1;
    if (this.firstBroken.length < mostShown) this.firstBroken.push(line);
  }

  report(): ImportReport {
    const { records, broken, firstBroken, unmapped, withoutTarget } = this;
    return { records, broken, firstBroken, unmapped, withoutTarget, remarks: [] };
  }
}
