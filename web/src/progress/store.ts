/**
 * The progress store: what the learner did, kept in this browser and nowhere else.
 *
 * Where the browser refuses storage, or has no room left, records stay in memory, the window hears
 * "pg-storage-refused" and a notice offers to save them to a file. Each later write tries again.
 */

import { type Database, openDatabase } from "./database";
import { hideNotice, showNotice } from "./notice";
import { type AnyRecord, type RecordKind, type StoredRecord, isRecord, recordFault } from "./records";

export type { RecordKind, StoredRecord } from "./records";

export interface ProgressStore {
  get<T>(kind: RecordKind, id: string): Promise<T | undefined>;
  put<T>(kind: RecordKind, id: string, value: T): Promise<void>;
  all(kind?: RecordKind): Promise<StoredRecord<unknown>[]>;
  remove(kind: RecordKind, id: string): Promise<void>;
  /** Whether everything that was put is kept by the browser. */
  readonly persistent: boolean;
  /** Write records as they are, their times included (an import). */
  restore(records: readonly AnyRecord[]): Promise<void>;
  /** Forget everything, records that were set aside included. */
  erase(): Promise<void>;
  /** How many damaged records were set aside. */
  damaged(): Promise<number>;
}

export type RefusalReason = "refused" | "full" | "newer";

/** Detail of the window event "pg-progress": what changed; no id when everything may have. */
export interface ProgressChange {
  kind?: RecordKind;
  id?: string;
}

function reasonFor(error: unknown): RefusalReason {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "QuotaExceededError") return "full";
  return name === "VersionError" ? "newer" : "refused";
}

function keyOf(kind: RecordKind, id: string): string {
  return `${kind}/${id}`;
}

class BrowserStore implements ProgressStore {
  /** Records that the browser has not kept (yet). */
  private readonly pending = new Map<string, AnyRecord>();
  private database: Database | null = null;
  private refusal: RefusalReason | null = null;

  get persistent(): boolean {
    return this.refusal === null;
  }

  /** Open the database; return whether there is one. */
  async open(): Promise<boolean> {
    try {
      this.database = await openDatabase(() => (this.database = null));
      return true;
    } catch (error) {
      this.refuse(error);
      return false;
    }
  }

  async get<T>(kind: RecordKind, id: string): Promise<T | undefined> {
    const waiting = this.pending.get(keyOf(kind, id));
    if (waiting) return waiting.value as T;
    const found = await this.reading((database) => database.get("records", [kind, id]));
    if (found === undefined) return undefined;
    if (isRecord(found)) return found.value as T;
    await this.setAside([found], [[kind, id]]);
    return undefined;
  }

  async all(kind?: RecordKind): Promise<AnyRecord[]> {
    const found = new Map<string, AnyRecord>();
    for (const record of await this.readAll(kind)) found.set(keyOf(record.kind, record.id), record);
    for (const [key, record] of this.pending)
      if (kind === undefined || record.kind === kind) found.set(key, record);
    return [...found.values()];
  }

  async put<T>(kind: RecordKind, id: string, value: T): Promise<void> {
    await this.write([{ kind, id, value, at: new Date().toISOString() }]);
    announce({ kind, id });
  }

  async restore(records: readonly AnyRecord[]): Promise<void> {
    await this.write(records);
    announce({});
  }

  async remove(kind: RecordKind, id: string): Promise<void> {
    this.pending.delete(keyOf(kind, id));
    await this.reading((database) => forget(database, "records", [kind, id]));
    announce({ kind, id });
  }

  async erase(): Promise<void> {
    this.pending.clear();
    await this.reading(async (database) => {
      await Promise.all([forget(database, "records"), forget(database, "aside")]);
    });
    announce({});
  }

  async damaged(): Promise<number> {
    return (await this.reading((database) => database.count("aside"))) ?? 0;
  }

  private async write(records: readonly AnyRecord[]): Promise<void> {
    for (const record of records) this.pending.set(keyOf(record.kind, record.id), record);
    if (!this.database && !(await this.open())) return;
    const writing = [...this.pending];
    const saved = await this.attempt((database) => save(database, writing.map(([, r]) => r)));
    if (!saved) return;
    this.refusal = null;
    hideNotice();
    for (const [key, record] of writing)
      if (this.pending.get(key) === record) this.pending.delete(key);
  }

  /** Read where there is a database to read from; a database that fails counts as none. */
  private async reading<T>(read: (database: Database) => Promise<T>): Promise<T | undefined> {
    if (!this.database && this.refusal === null) await this.open();
    return this.attempt(read);
  }

  private async attempt<T>(use: (database: Database) => Promise<T>): Promise<T | undefined> {
    if (!this.database) return undefined;
    try {
      return await use(this.database);
    } catch (error) {
      this.refuse(error);
      return undefined;
    }
  }

  private async readAll(kind?: RecordKind): Promise<AnyRecord[]> {
    const found = await this.reading((database) => {
      const records = database.transaction("records").store;
      if (kind === undefined) return Promise.all([records.getAll(), records.getAllKeys()]);
      const ofKind = records.index("kind");
      return Promise.all([ofKind.getAll(kind), ofKind.getAllKeys(kind)]);
    });
    if (!found) return [];
    const [values, keys] = found;
    const bad = values.map((value) => !isRecord(value));
    if (bad.includes(true))
      await this.setAside(values.filter((_, i) => bad[i]), keys.filter((_, i) => bad[i]));
    return values.filter(isRecord);
  }

  /** Move damaged records out of the way, so that they are neither shown nor lost. */
  private async setAside(
    records: readonly unknown[],
    keys: readonly [RecordKind, string][],
  ): Promise<void> {
    await this.reading(async (database) => {
      const transaction = database.transaction(["records", "aside"], "readwrite");
      const at = new Date().toISOString();
      await Promise.all([
        ...records.map((record) =>
          transaction.objectStore("aside").add({ why: recordFault(record) ?? "", record, at }),
        ),
        ...keys.map((key) => transaction.objectStore("records").delete(key)),
        transaction.done,
      ]);
    });
  }

  private refuse(error: unknown): void {
    this.refusal = reasonFor(error);
    const event = new CustomEvent("pg-storage-refused", { detail: { reason: this.refusal } });
    window.dispatchEvent(event);
    // Nothing is at stake before the learner has done something.
    const atStake = [...this.pending.values()].some(({ kind }) => kind !== "seed" && kind !== "visit");
    if (atStake) showNotice(this.refusal, this);
  }
}

async function save(database: Database, records: readonly AnyRecord[]): Promise<true> {
  const transaction = database.transaction("records", "readwrite");
  const writes = records.map((record) => transaction.store.put(record));
  transaction.commit(); // at once: what waits for an answer is lost with a page that is left
  // When the disk is full only `done` says so; the single writes merely report an abort.
  await Promise.allSettled(writes);
  await transaction.done;
  return true;
}

/** Delete one record, or all; at once, too: what was erased must not come back on the next page. */
async function forget(
  database: Database,
  name: "records" | "aside",
  key?: [RecordKind, string],
): Promise<void> {
  const transaction = database.transaction(name, "readwrite");
  const gone = key ? transaction.objectStore("records").delete(key) : transaction.objectStore(name).clear();
  transaction.commit();
  await Promise.all([gone, transaction.done]);
}

function announce(change: ProgressChange): void {
  window.dispatchEvent(new CustomEvent<ProgressChange>("pg-progress", { detail: change }));
}

let opening: Promise<ProgressStore> | undefined;

async function openStore(): Promise<ProgressStore> {
  const store = new BrowserStore();
  await store.open();
  return store;
}

/** The one store of this page. */
export function progress(): Promise<ProgressStore> {
  opening ??= openStore();
  return opening;
}
