import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { createStudio, type StudioProcess } from '../fixtures/studio.ts';

/** The front page is followed as it stands: whoever changes one of its lines sees here whether it still holds. */
const root = new URL('../../', import.meta.url);
const readme = readFileSync(new URL('README.md', root), 'utf8');

const sectionOf = (title: string): string => {
  const from = readme.indexOf(`\n## ${title}\n`);
  const to = readme.indexOf('\n## ', from + 1);
  expect(from).toBeGreaterThan(-1);
  return readme.slice(from, to);
};

interface Block {
  readonly commands: string;
  /** What stands below the commands. */
  readonly shown: readonly string[];
}

/** `$ ` begins a command, and a backslash at its end goes on; a block of sh is commands alone. */
const blockOf = (language: string, text: string): Block => {
  if (language === 'sh') return { commands: text, shown: [] };
  const lines = text.split('\n');
  const isCommand = (line: string, index: number): boolean =>
    line.startsWith('$ ') || (index > 0 && (lines[index - 1] ?? '').endsWith('\\'));
  return {
    commands: lines
      .filter(isCommand)
      .map((line) => line.replace(/^\$ /, ''))
      .join('\n'),
    shown: lines.filter((line, index) => line !== '' && !isCommand(line, index)),
  };
};

const blocks = [
  ...sectionOf('A first run in five minutes').matchAll(/^```(sh)?\n([^]*?)^```/gm),
].map(([, language = '', text = '']) => blockOf(language, text));
const [banner, signIn, save, run, look] = blocks as [Block, Block, Block, Block, Block];

let studio: StudioProcess;
let folder: string;
beforeAll(async () => {
  studio = await createStudio({ embedded: true });
  folder = mkdtempSync(join(tmpdir(), 'studio-readme-'));
  symlinkSync(studio.dataDir, join(folder, 'data'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await studio.remove();
});

/** The variables that the blocks set. */
const names = [
  ...blocks
    .map(({ commands }) => commands)
    .join('\n')
    .matchAll(/^([A-Z]+)=/gm),
].map(([, name = '']) => name);

/** A shell of its own, which finds the variables that the one before left behind. */
const typed = (commands: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const script = `touch .left; . ./.left; ${commands}\ndeclare -p ${names.join(' ')} > .left 2>/dev/null`;
    const shell = spawn('bash', ['-c', script], {
      cwd: folder,
      env: { PATH: process.env['PATH'], HOME: folder },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let out = '';
    shell.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    shell.once('error', reject);
    shell.once('close', () => resolve(out));
  });

const withoutInstants = (line: string): string =>
  line.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/, 'an instant');

it('has a first run in five minutes that does what it says', async () => {
  await studio.start();
  const said = studio.output().replaceAll(studio.dataDir, '…/data');
  const shown = said.replaceAll(studio.origin(), 'http://127.0.0.1:8000').trimEnd();
  expect(shown.split('\n')).toEqual(banner.shown);

  const api = signIn.commands.replace('http://127.0.0.1:8000', studio.origin());
  expect(api).not.toBe(signIn.commands);
  await typed(api);
  await typed(save.commands);
  const started = JSON.parse(await typed(run.commands));
  expect(started).toMatchObject({ status: 'pending' });
  expect(Object.keys(started)).toEqual(
    [...(run.shown[0] ?? '').matchAll(/"(\w+)":/g)].map(([, name]) => name),
  );

  await studio.kill();
  await studio.start({ PORT: new URL(studio.origin()).port });
  const wanted = look.shown.map(withoutInstants);
  const deadline = performance.now() + 120_000;
  let messages: string[] = [];
  while (messages.length < wanted.length && performance.now() < deadline) {
    const entries: { message: string }[] = JSON.parse(await typed(look.commands));
    messages = entries.map(({ message }) => withoutInstants(message));
  }
  expect(messages).toEqual(wanted);
});

it('names every variable that .env.example has', () => {
  const table = sectionOf('Configuration');
  const names = Object.keys(parseEnv(readFileSync(new URL('.env.example', root), 'utf8')));
  expect(names.filter((name) => !table.includes(`\`${name}\``))).toEqual([]);
});
