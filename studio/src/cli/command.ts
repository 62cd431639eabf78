import type { ParseArgsOptionsConfig } from 'node:util';

import type { ExitCode } from './exitCodes.ts';
import type { Given } from './given.ts';
import type { Shell } from './shell.ts';

/** One word after `studio`. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What may follow the name, one form a line. */
  readonly usage: readonly string[];
  /** Lines of `help` about options and behaviour. */
  readonly notes?: readonly string[];
  /** A call that works, without `npm run studio --`. */
  readonly example: string;
  /** Its own options, beside `--json`, `--url` and `--help`. */
  readonly options?: ParseArgsOptionsConfig;
  /** The most words after the name. */
  readonly maxWords: number;
  run(shell: Shell, given: Given): Promise<ExitCode>;
}
