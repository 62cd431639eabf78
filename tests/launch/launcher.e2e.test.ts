import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { long } from '../fixtures/length.ts';

const checkout = fileURLToPath(new URL('../..', import.meta.url));
const installTimeoutMs = 180_000;

/** Stands in for the studio: tells its Node, then ends as it is told. */
const program = `
  console.log('ready', process.version);
  process.on('SIGTERM', () => { console.log('told to stop'); process.exit(0); });
  if (process.env.ENDS_WITH) process.exit(Number(process.env.ENDS_WITH));
  setInterval(() => {}, 1000);
`;

interface Launch {
  readonly child: ChildProcess;
  readonly output: () => string;
}

/** A script of npm's as typed: without what the npm that runs this test has put into the environment. */
const npm = (
  args: readonly string[],
  folder: string,
  more: Record<string, string> = {},
): Launch => {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')),
  );
  const child = spawn('npm', args, {
    cwd: folder,
    env: { ...env, HUSKY: '0', ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { child, output: () => output };
};

const npmStart = (folder: string, more: Record<string, string> = {}): Launch =>
  npm(['start'], folder, more);

const ended = async ({ child }: Launch): Promise<number | null> => {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
  return child.exitCode;
};

const ready = async ({ child, output }: Launch): Promise<string> => {
  while (!output().includes('ready') && child.exitCode === null) await sleep(20);
  return output();
};

/** It installs all packages anew, several times over: what `npm test` itself did when it was first typed. */
const describeLong = long ? describe : describe.skip;

describeLong('the launcher (needs STUDIO_LONG=1, as .ci/run sets it)', () => {
  let base: string;
  let fresh: string;
  beforeAll(() => {
    base = mkdtempSync(join(tmpdir(), 'studio-launch-')); // mode 0700, as mkdtemp makes it
    fresh = join(base, 'fresh');
    mkdirSync(fresh);
    for (const file of ['package.json', 'package-lock.json', 'scripts'])
      cpSync(join(checkout, file), join(fresh, file), { recursive: true });
    for (const name of readdirSync(checkout)) {
      const manifest = join(name, 'package.json');
      if (name === 'node_modules' || name === 'scripts') continue;
      try {
        cpSync(join(checkout, manifest), join(fresh, manifest));
      } catch {
        // Not a workspace.
      }
    }
    mkdirSync(dirname(join(fresh, 'studio/src/main.ts')), { recursive: true });
    writeFileSync(join(fresh, 'studio/src/main.ts'), program);
  });
  afterAll(() => {
    rmSync(base, { recursive: true, force: true });
  });

  it(
    'installs once when two first starts race, and hands on the exit code',
    async () => {
      const launches = [npmStart(fresh, { ENDS_WITH: '7' }), npmStart(fresh, { ENDS_WITH: '7' })];
      expect(await Promise.all(launches.map(ended))).toEqual([7, 7]);
      const outputs = launches.map(({ output }) => output());
      expect(outputs.filter((text) => text.includes('Installed in'))).toHaveLength(1);
      expect(outputs.filter((text) => text.includes('waiting for it'))).toHaveLength(1);
      for (const text of outputs) expect(text).toContain(`ready v24.`);
    },
    installTimeoutMs,
  );

  it('starts at once from then on, and hands on signals', async () => {
    const launch = npmStart(fresh);
    expect(await ready(launch)).not.toContain('Installing');
    launch.child.kill('SIGTERM');
    expect(await ended(launch)).toBe(0);
    expect(launch.output()).toContain('told to stop');
  });

  it('starts again by npm run dev when a file changes, and only once the one before has ended', async () => {
    const main = join(fresh, 'studio/src/main.ts');
    const launch = npm(['run', 'dev'], fresh);
    try {
      await ready(launch);
      // More than once: the first change may come before the file is watched.
      for (let change = 0; change < 240 && !launch.output().includes('changed'); change += 1) {
        writeFileSync(main, `${program}\nconsole.log('changed');\n// ${change}`);
        await sleep(500);
      }
      expect(launch.output()).toMatch(/ready v24[^]*told to stop\n[^]*ready v24[^]*changed/);
    } finally {
      launch.child.kill('SIGTERM');
      await ended(launch);
      writeFileSync(main, program);
    }
  });

  it('runs in a copy of the checkout without installing again', async () => {
    const copy = join(base, 'copy');
    cpSync(fresh, copy, { recursive: true, verbatimSymlinks: true });
    const launch = npmStart(copy, { ENDS_WITH: '0' });
    expect(await ended(launch)).toBe(0);
    expect(launch.output()).toContain('ready v24.');
    expect(launch.output()).not.toContain('Installing');
  });

  it('says in its last line that the packages could not be installed', async () => {
    const broken = join(base, 'broken');
    cpSync(join(fresh, 'scripts'), join(broken, 'scripts'), { recursive: true });
    cpSync(join(fresh, 'package.json'), join(broken, 'package.json'));
    writeFileSync(join(broken, 'package-lock.json'), '{"lockfileVersion":3,"packages":{}}');
    const launch = npmStart(broken);
    expect(await ended(launch)).toBe(1);
    expect(launch.output().trimEnd()).toMatch(/The packages could not be installed: .*$/);
  });
});
