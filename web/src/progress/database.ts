/** The IndexedDB database: its schema, its history and how it is opened. */

import { type DBSchema, type IDBPDatabase, openDB } from "idb";

import type { RecordKind } from "./records";

export const DATABASE_NAME = "proxygap";

export interface Schema extends DBSchema {
  /** What the learner did. A damaged record may hold anything, hence `unknown`. */
  records: { key: [RecordKind, string]; value: unknown; indexes: { kind: RecordKind } };
  /** Records that could not be read, kept so that nothing is lost. */
  aside: { key: number; value: { why: string; record: unknown; at: string } };
}

export type Database = IDBPDatabase<Schema>;

/**
 * Step n turns version n into version n + 1. Steps are never edited after a release: a change of
 * the schema is a new step at the end.
 */
const MIGRATIONS: readonly ((database: Database) => void)[] = [
  (database) => {
    const records = database.createObjectStore("records", { keyPath: ["kind", "id"] });
    records.createIndex("kind", "kind");
    database.createObjectStore("aside", { autoIncrement: true });
  },
];

/** Open the database and bring it to the newest version; `onLost` is called if it goes away. */
export async function openDatabase(onLost: () => void): Promise<Database> {
  const database = await openDB<Schema>(DATABASE_NAME, MIGRATIONS.length, {
    upgrade(fresh, from) {
      for (const step of MIGRATIONS.slice(from)) step(fresh);
    },
    blocking() {
      // Another tab brings a newer edition of the course: do not stand in its way.
      database.close();
      onLost();
    },
    terminated: onLost,
  });
  return database;
}
