import { resolve } from 'node:path';

import { jsonLine, printable } from './printable.ts';
import type { Terminal } from './terminal.ts';

/** What a command has around it. */
export interface Shell extends Pick<Terminal, 'env' | 'folder' | 'input'> {
  /** True for `--json`: one JSON value a line, and nothing else on standard output. */
  readonly asJson: boolean;
  /** Origin of the studio, without a slash at its end. */
  readonly origin: string;
  /** A result: the value for scripts, or lines for people. */
  result(value: unknown, lines: () => readonly string[]): void;
  /** A remark for the person, on standard error. */
  readonly remark: (line: string) => void;
  /** Asks the person for a line, on standard error. */
  readonly prompt: (question: string) => void;
  /** A path as the person meant it: npm changes the folder before a script begins. */
  path(given: string): string;
}

export interface ShellParts {
  readonly terminal: Terminal;
  readonly asJson: boolean;
  readonly origin: string;
}

export const createShell = ({ terminal, asJson, origin }: ShellParts): Shell => ({
  ...{ env: terminal.env, folder: terminal.folder, input: terminal.input, asJson, origin },
  result: (value, lines) => {
    const texts = asJson ? [jsonLine(value)] : lines().map(printable);
    terminal.output(texts.map((text) => `${text}\n`).join(''));
  },
  remark: (line) => {
    terminal.errors(`${printable(line)}\n`);
  },
  prompt: (question) => {
    terminal.errors(`${question} `);
  },
  path: (given) => resolve(terminal.env['INIT_CWD'] ?? terminal.folder, given),
});
