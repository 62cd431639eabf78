import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { long, rounds } from '../fixtures/length.ts';

const main = fileURLToPath(new URL('../../studio/src/demo/main.ts', import.meta.url));
const tourTimeoutMs = 300_000;

let temporary: string;
beforeAll(() => {
  temporary = mkdtempSync(join(tmpdir(), 'studio-tour-'));
  chmodSync(temporary, 0o755); // as root, Postgres runs under another account
});
afterAll(() => {
  rmSync(temporary, { recursive: true, force: true });
});

interface Guided {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
}

/** Without a terminal, and with a person's own settings around that must not matter. */
const guide = (): Guided => {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main], {
    cwd: temporary,
    env: {
      ...{ PATH: process.env['PATH'], TMPDIR: temporary, HOME: temporary },
      ...{ PORT: '1', DATABASE_URL: 'postgresql://nobody@localhost/nothing' },
      ...{ ANTHROPIC_API_KEY: 'not for this', ANTHROPIC_BASE_URL: 'http://127.0.0.1:9' },
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, output: () => output, ended };
};

(long ? it : it.skip)(
  'keeps every promise, also twice in a row, and leaves nothing behind',
  async () => {
    for (const time of ['first', 'second'].slice(0, rounds(1, 2))) {
      const { output, ended } = guide();
      const code = await ended;
      const text = output();
      expect([time, code, text]).toEqual([time, 0, expect.not.stringContaining('NOT TRUE')]);
      expect(text.match(/✓/g)).toHaveLength(15);
      for (const promise of [
        /each marked as simulated/,
        /forged signature is refused/,
        /the same run answers/,
        /Acme was paged once and Initech queued once/,
        /The studio is dead, with [1-4] of 5 orders under way/,
        /5 requests to charge a card arrived for 5 orders, one for each/,
        /After the kill nothing was called again/,
        /← here it was killed/,
        /13 replays called nothing/,
        /\d+ events of \d+ streams verify/,
        /All 15 claims hold\.\n$/,
      ])
        expect(text).toMatch(promise);
      expect(text).not.toContain('\u001b'); // plain lines
      expect(readdirSync(temporary)).toEqual([]);
    }
  },
  tourTimeoutMs,
);

(long ? it : it.skip)(
  'cleans up when it is stopped in the middle',
  async () => {
    const { child, output, ended } = guide();
    while (!output().includes('kill -9') && child.exitCode === null) await sleep(20);
    child.kill('SIGINT');
    expect([await ended, output()]).toEqual([1, expect.stringContaining('Stopped.')]);
    expect(readdirSync(temporary)).toEqual([]);
  },
  tourTimeoutMs,
);
