import { resolve } from 'node:path';
import type { Readable } from 'node:stream';

import { jsonLine, printable } from './printable.ts';

/** What a command has around it. */
export interface Shell {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly input: Readable;
  /** True for `--json`: one JSON value a line, and nothing else on standard output. */
  readonly asJson: boolean;
  /** Origin of the studio, without a slash at its end. */
  readonly origin: string;
  /** A result: the value for scripts, or lines for people. */
  result(value: unknown, lines: () => readonly string[]): void;
  /** A remark for the person, on standard error. */
  readonly remark: (line: string) => void;
  /** A path as the person meant it: npm changes the folder before a script begins. */
  path(given: string): string;
}

export interface ShellParts {
  readonly env: Shell['env'];
  readonly asJson: boolean;
  readonly origin: string;
}

export const createShell = ({ env, asJson, origin }: ShellParts): Shell => ({
  ...{ env, asJson, origin, input: process.stdin },
  result: (value, lines) => {
    const texts = asJson ? [jsonLine(value)] : lines().map(printable);
    process.stdout.write(texts.map((text) => `${text}\n`).join(''));
  },
  remark: (line) => {
    process.stderr.write(`${printable(line)}\n`);
  },
  path: (given) => resolve(env['INIT_CWD'] ?? process.cwd(), given),
});
