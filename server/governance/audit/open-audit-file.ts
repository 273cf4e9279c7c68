import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { type AuditEntry, AuditEntryShape, type AuditHead, canonicalJson, noHead } from './audit-entry.ts';
import { type AuditLog, fitsFilter } from './audit-log.ts';
import { sortedNames } from './sorted-names.ts';
import { verifyChain } from './verify-chain.ts';

/** Where an entry stands in the file, and what is asked of entries without reading them. */
interface Place extends Pick<AuditEntry, 'sequence' | 'at' | 'actor' | 'action' | 'subject'> {
  readonly start: number;
  readonly length: number;
}

/** An audit log in a file, and what had to be mended: the last line of a process that was killed while it wrote. */
export interface OpenAuditFile {
  readonly log: AuditLog;
  /** Bytes of a torn last line that were taken off; 0 when there were none. */
  readonly tornBytes: number;
}

/**
 * JSON lines, one entry a line, in canonical form; appended and synced, never rewritten. Lines that are no entries stay
 * where they are for `verify` to name.
 */
export async function openAuditFile(path: string): Promise<OpenAuditFile> {
  const file = await open(path, 'a+', 0o600);
  const tornBytes = await mendTail(file);
  const places: Place[] = [];
  let head: AuditHead = noHead;
  let size = 0;
  const note = (entry: AuditEntry, length: number) => {
    const { sequence, at, actor, action, subject } = entry;
    places.push({ sequence, at, actor, action, subject, start: size, length });
    head = { sequence, hash: entry.hash };
  };
  for await (const line of linesOf(path)) {
    const length = Buffer.byteLength(line);
    const entry = readEntry(line);
    if (entry !== undefined) note(entry, length);
    size += length + 1;
  }
  const read = async ({ start, length }: Place): Promise<AuditEntry | undefined> => {
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, start);
    return readEntry(buffer.toString('utf8'));
  };
  const log: AuditLog = {
    head: () => head,
    find: async (sequence) => {
      const place = places.find((one) => one.sequence === sequence);
      return place === undefined ? undefined : read(place);
    },
    append: async (entry) => {
      const line = canonicalJson(entry);
      const length = Buffer.byteLength(line);
      await appendSynced(file, `${line}\n`, size);
      note(entry, length);
      size += length + 1;
    },
    page: async ({ limit, before = Number.POSITIVE_INFINITY, ...filter }) => {
      const found: Place[] = [];
      for (let index = places.length - 1; index >= 0 && found.length <= limit; index -= 1) {
        const place = places[index];
        if (place !== undefined && place.sequence < before && fitsFilter(place, filter)) found.push(place);
      }
      const page = found.slice(0, limit);
      const entries = await Promise.all(page.map(read));
      return {
        entries: entries.filter((entry) => entry !== undefined),
        next: found.length > limit ? (page.at(-1)?.sequence ?? null) : null,
      };
    },
    facets: () => ({
      actors: sortedNames(places.map(({ actor }) => actor)),
      actions: sortedNames(places.map(({ action }) => action)),
    }),
    verify: (anchor) => verifyChain(linesOf(path), anchor),
    close: () => file.close(),
  };
  return { log, tornBytes };
}

/** The lines of an audit file, as written. */
export function linesOf(path: string): AsyncIterable<string> {
  return createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: 0 });
}

/** What could not be written whole is taken back, so that the next entry does not stand behind half of this one. */
async function appendSynced(file: FileHandle, line: string, size: number): Promise<void> {
  try {
    await file.appendFile(line);
    await file.sync();
  } catch (error) {
    await file.truncate(size).catch(() => undefined);
    throw error;
  }
}

/** Takes off what stands behind the last line end. A line that is whole but for its end is given one. */
async function mendTail(file: FileHandle): Promise<number> {
  const { size } = await file.stat();
  if (size === 0) return 0;
  const text = await file.readFile();
  const end = text.lastIndexOf(0x0a) + 1;
  if (end === size) return 0;
  if (readEntry(text.subarray(end).toString('utf8')) !== undefined) {
    await appendSynced(file, '\n', size);
    return 0;
  }
  await file.truncate(end);
  await file.sync();
  return size - end;
}

function readEntry(line: string): AuditEntry | undefined {
  try {
    return AuditEntryShape.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
