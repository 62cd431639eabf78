import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

import { commands, dispatch } from '@studio/studio/cli';

import { compileCache } from '../fixtures/studio.ts';

const main = fileURLToPath(new URL('../../studio/src/cli/main.ts', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** Each line of standard output, parsed as JSON: any, what a test expects of it is the test's business. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- see above
  readonly json: () => any[];
}

export interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  readonly out: () => string;
  readonly ended: Promise<Ended>;
}

/** A person at a terminal, with a home of their own. */
export interface Desk {
  readonly home: string;
  readonly env: Record<string, string>;
  /** Types a command in a process of its own, as a person does. */
  begin(...args: readonly string[]): Running;
  /** The same command within the test, which starts in no time; one at a time. */
  studio(...args: readonly string[]): Promise<Ended>;
  /** `studio` with a text on standard input. */
  typed(text: string, ...args: readonly string[]): Promise<Ended>;
  leave(): Promise<void>;
}

const endedWith = (code: number | null, out: string, err: string): Ended => ({
  ...{ code, out, err },
  json: () =>
    out
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
});

export const createDesk = async (env: Record<string, string> = {}): Promise<Desk> => {
  const home = await mkdtemp(join(tmpdir(), 'studio-cli-'));
  const whole = {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    NODE_NO_WARNINGS: '1',
    ...compileCache(),
    ...env,
  };

  const begin = (...args: readonly string[]): Running => {
    const child = spawn(process.execPath, [main, ...args], { cwd: home, env: whole });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    const ended = new Promise<Ended>((resolve) => {
      child.once('close', (code) => resolve(endedWith(code, out, err)));
    });
    return { child, out: () => out, ended };
  };

  const typed: Desk['typed'] = async (text, ...args) => {
    const said = { out: '', err: '' };
    const code = await dispatch(commands, args, {
      ...{ env: whole, folder: home, input: Readable.from([text]) },
      output: (more) => void (said.out += more),
      errors: (more) => void (said.err += more),
    });
    return endedWith(code, said.out, said.err);
  };

  return {
    ...{ home, env: whole, begin, typed },
    studio: (...args) => typed('', ...args),
    leave: () => rm(home, { recursive: true, force: true }),
  };
};
