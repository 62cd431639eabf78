import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

export interface RotatingFileOptions {
  readonly path: string;
  /** A file that has come to so many bytes is renamed to `.1`, the earlier ones to `.2` and so on; 0: never. */
  readonly maxBytes: number;
  /** Renamed files that are kept. */
  readonly keep: number;
}

/** Appends text to a file. It never throws: what a full disk does not take is counted, and told once there is room. */
export const openRotatingFile = (options: RotatingFileOptions): ((text: string) => void) => {
  const { path, maxBytes, keep } = options;
  let file: number | null = null;
  let size = 0;
  let lost = 0;

  const open = (): number => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const opened = openSync(path, 'a', 0o600);
    size = fstatSync(opened).size;
    return opened;
  };

  const rotate = (): void => {
    if (file !== null) closeSync(file);
    file = null;
    for (let age = keep - 1; age >= 1; age -= 1) tryRename(`${path}.${age}`, `${path}.${age + 1}`);
    tryRename(path, `${path}.1`);
  };

  const append = (text: string): void => {
    const bytes = Buffer.from(text);
    file ??= open();
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
    size += bytes.length;
    if (maxBytes > 0 && size >= maxBytes) rotate();
  };

  return (text) => {
    try {
      append(lost > 0 ? `{"level":40,"lost":${lost},"msg":"lines were lost"}\n${text}` : text);
      lost = 0;
    } catch {
      lost += text.split('\n').length - 1;
    }
  };
};

const tryRename = (from: string, to: string): void => {
  try {
    renameSync(from, to);
  } catch {
    // there is none yet, or the folder is gone: the next line makes a new file
  }
};
