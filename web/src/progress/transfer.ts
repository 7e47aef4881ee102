/** Progress as a file: written on one machine, read on another, sent nowhere. */

import { saveText } from "../shared/save";
import { type AnyRecord, isObject, isRecord, recordFault } from "./records";
import type { ProgressStore } from "./store";

const FORMAT = "proxygap-progress";
const VERSION = 1;
const MOST_BYTES = 20_000_000;

export interface ProgressFile {
  format: typeof FORMAT;
  version: typeof VERSION;
  exported: string;
  records: AnyRecord[];
}

export interface ImportReport {
  added: number;
  updated: number;
  /** Records of which this browser had the same or a newer version. */
  kept: number;
  /** What could not be read, one sentence part each. */
  faults: string[];
}

/** A file that is not a progress file; the message is a sentence for the learner. */
export class ProgressFileError extends Error {}

export async function exportProgress(store: ProgressStore): Promise<ProgressFile> {
  const records = await store.all();
  return { format: FORMAT, version: VERSION, exported: new Date().toISOString(), records };
}

/** Offer everything in `store` as a download. */
export async function saveToFile(store: ProgressStore): Promise<void> {
  const file = await exportProgress(store);
  saveText(`${FORMAT}-${file.exported.slice(0, 10)}.json`, "application/json", JSON.stringify(file, null, 1));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ProgressFileError(
      "This is not a progress file: it cannot be read as JSON. Choose a file that this page " +
        `saved; its name begins with ${FORMAT}.`,
    );
  }
}

/** Read the records of a progress file, the sound and the damaged apart. */
export function readFile(text: string): { records: AnyRecord[]; faults: string[] } {
  if (text.length > MOST_BYTES)
    throw new ProgressFileError("This file is too large to be a progress file (over 20 MB).");
  const file = parse(text);
  if (!isObject(file) || file["format"] !== FORMAT || !Array.isArray(file["records"]))
    throw new ProgressFileError(
      "This is a JSON file, but not a progress file of this course. Choose a file that this page " +
        `saved; its name begins with ${FORMAT}.`,
    );
  if (file["version"] !== VERSION)
    throw new ProgressFileError(
      `This file has version ${String(file["version"])}; this page reads version ${VERSION}. ` +
        "Reload the page to get the newest edition of the course, then try again.",
    );
  const found: unknown[] = file["records"];
  const faults = found.flatMap((record, i) => {
    const fault = recordFault(record);
    return fault ? [`record ${i + 1}: ${fault}`] : [];
  });
  return { records: found.filter(isRecord), faults };
}

/** Merge a progress file into the store: of two versions of a record, the newer one stays. */
export async function importProgress(store: ProgressStore, text: string): Promise<ImportReport> {
  const { records, faults } = readFile(text);
  const present = new Map((await store.all()).map((record) => [keyOf(record), record]));
  const report: ImportReport = { added: 0, updated: 0, kept: 0, faults };
  const taken = [...newest(records).values()].filter((record) => {
    const mine = present.get(keyOf(record));
    const verdict = !mine ? "added" : isNewer(record, mine) ? "updated" : "kept";
    report[verdict] += 1;
    return verdict !== "kept";
  });
  if (taken.length > 0) await store.restore(taken);
  return report;
}

function newest(records: readonly AnyRecord[]): Map<string, AnyRecord> {
  const found = new Map<string, AnyRecord>();
  for (const record of records) {
    const other = found.get(keyOf(record));
    if (!other || isNewer(record, other)) found.set(keyOf(record), record);
  }
  return found;
}

function isNewer(record: AnyRecord, other: AnyRecord): boolean {
  return Date.parse(record.at) > Date.parse(other.at);
}

function keyOf(record: AnyRecord): string {
  return `${record.kind}/${record.id}`;
}
