import type { Readable } from 'node:stream';

/** Where a command is typed: a process's own streams, or what stands for them. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder that relative paths start from, and whose `.env` counts. */
  readonly folder: string;
  readonly input: Readable;
  /** Takes text for standard output. */
  readonly output: (text: string) => void;
  /** Takes text for standard error. */
  readonly errors: (text: string) => void;
}

/** The streams of this process. */
export const ownTerminal = (env: Terminal['env'] = process.env): Terminal => ({
  ...{ env, folder: process.cwd(), input: process.stdin },
  output: (text) => void process.stdout.write(text),
  errors: (text) => void process.stderr.write(text),
});
