/** The learner's code and result, kept in the progress store under the exercise's slug. */
import { type ProgressStore, progress } from "../progress/store";
import type { Report } from "./types";

interface KeptCode {
  readonly source: string;
}

interface KeptResult {
  /** Whether it was ever solved: a later try does not take that away. */
  readonly solved: boolean;
  readonly points: number;
  readonly possible: number;
}

export class Keeper {
  private newest: string | null = null;
  private writing: Promise<void> | null = null;
  private judging: Promise<void> = Promise.resolve();

  private constructor(
    private readonly store: ProgressStore,
    private readonly slug: string,
    readonly code: string | undefined,
    readonly solved: boolean,
  ) {}

  static async open(slug: string): Promise<Keeper> {
    const store = await progress();
    const [code, result] = await Promise.all([
      store.get<KeptCode>("code", slug),
      store.get<KeptResult>("exercise", slug),
    ]);
    const source = typeof code?.source === "string" ? code.source : undefined;
    return new Keeper(store, slug, source, result?.solved === true);
  }

  /** Keep `source`; while one version is being written, only the newest of the next ones waits. */
  keepCode(source: string): void {
    this.newest = source;
    this.writing ??= this.write();
  }

  private async write(): Promise<void> {
    while (this.newest !== null) {
      const source = this.newest;
      this.newest = null;
      await this.store.put<KeptCode>("code", this.slug, { source });
    }
    this.writing = null;
  }

  /** Keep a result; one after the other, since each looks at what the one before left. */
  keepResult(report: Report): Promise<void> {
    this.judging = this.judging.then(() => this.judge(report));
    return this.judging;
  }

  private async judge({ passed, points, possible }: Report): Promise<void> {
    const before = await this.store.get<KeptResult>("exercise", this.slug);
    if (before?.solved === true && !passed) return;
    await this.store.put<KeptResult>("exercise", this.slug, { solved: passed, points, possible });
  }
}
