import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';

/** Lines kept in memory at most while the disk refuses them; beyond, the newest are dropped and counted. */
const mostWaiting = 200_000;

/** Appends lines to a file, one write a batch, and closes it on demand. Not safe for calls at the same time. */
export interface SegmentWriter {
  /** Keeps a line until the next write. `false` when it had to be dropped. */
  append(line: string): boolean;
  /** Writes what was appended in one go. Throws what the disk throws; the lines are kept then. */
  write(): Promise<void>;
  /** Closes the open segment. Answers its path, or `undefined` when nothing was written since the last one. */
  close(): Promise<string | undefined>;
  readonly waiting: number;
  /** Bytes in the open segment. */
  readonly bytes: number;
}

/** Segments are named by `newName`, in order of time and never alike, also across restarts. */
export function makeSegmentWriter(folder: string, newName: () => string): SegmentWriter {
  let lines: string[] = [];
  let segment: { readonly path: string; readonly file: FileHandle } | undefined;
  let bytes = 0;
  return {
    append: (line) => {
      if (lines.length >= mostWaiting) return false;
      lines.push(line);
      return true;
    },
    write: async () => {
      if (lines.length === 0) return;
      const taken = lines;
      lines = [];
      try {
        segment ??= await create(join(folder, `${newName()}.ndjson`));
        const batch = Buffer.from(`${taken.join('\n')}\n`);
        await writeAll(segment.file, batch, bytes);
        bytes += batch.length;
      } catch (error) {
        lines = [...taken, ...lines];
        throw error;
      }
    },
    close: async () => {
      const closed = segment;
      segment = undefined;
      bytes = 0;
      await closed?.file.close();
      return closed?.path;
    },
    get waiting() {
      return lines.length;
    },
    get bytes() {
      return bytes;
    },
  };
}

async function create(path: string): Promise<{ readonly path: string; readonly file: FileHandle }> {
  return { path, file: await open(path, 'wx', 0o600) };
}

/** A batch that could not be written whole is cut off again, so that trying once more doubles nothing. */
async function writeAll(file: FileHandle, batch: Buffer, at: number): Promise<void> {
  try {
    for (let done = 0; done < batch.length; ) {
      done += (await file.write(batch, done, batch.length - done, at + done)).bytesWritten;
    }
  } catch (error) {
    await file.truncate(at);
    throw error;
  }
}
