import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { canvasNode, chain, save } from '../e2e/canvas.ts';
import { createStudio, newestCode, signIn, type StudioProcess } from '../fixtures/studio.ts';
import { createDesk, type Desk } from './command.ts';

let studio: StudioProcess;
let desk: Desk;
const ada = 'ada@example.com';
beforeAll(async () => {
  studio = await createStudio();
  await studio.start();
  desk = await createDesk({ STUDIO_URL: studio.origin() });
});
afterAll(async () => {
  await desk.leave();
  await studio.remove();
});

const sessionFile = () => join(desk.home, '.config/agent-studio/sessions.json');
const session = async () => JSON.parse(await readFile(sessionFile(), 'utf8'))[studio.origin()];
const changeSession = async (change: object): Promise<void> => {
  const changed = { ...(await session()), ...change };
  await writeFile(sessionFile(), JSON.stringify({ [studio.origin()]: changed }));
};

it('shows every command, and an example of each', async () => {
  const all = await desk.begin('help').ended;
  expect(all.code).toBe(0);
  const names = [...all.out.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name ?? '');
  expect(names).toEqual(expect.arrayContaining(['login', 'workflows']));
  for (const name of names) {
    const { code, out } = await desk.studio(name, '--help');
    expect([code, out]).toEqual([0, expect.stringContaining(`Example: npm run studio -- ${name}`)]);
  }
});

it('refuses what it does not understand with code 2, and says what', async () => {
  for (const [args, why] of [
    [['fly'], "There is no command 'fly'"],
    [['workflows', '--fast'], "Unknown option '--fast'"],
    [['workflows', 'mine'], "Nothing is expected at 'mine'"],
    [['workflows', '--limit', 'many'], '--limit takes a whole number'],
    [['workflows', '--url', 'ftp://x'], 'no address of a studio'],
  ] as const) {
    const { code, out, err } = await desk.studio(...args);
    expect([code, out, err]).toEqual([2, '', expect.stringContaining(why)]);
    expect(err.trim().split('\n')).toHaveLength(1);
  }
});

it('asks to sign in first, and tells a studio that is not there from one that refuses', async () => {
  expect(await desk.studio('workflows')).toMatchObject({ code: 4, out: '' });
  const nowhere = await desk.studio('login', ada, '--code', '1', '--url', 'http://127.0.0.1:1');
  expect([nowhere.code, nowhere.err]).toEqual([5, expect.stringContaining('127.0.0.1:1')]);
  const wrong = await desk.studio('login', ada, '--code', '000000', '--json');
  expect([wrong.code, JSON.parse(wrong.err)]).toMatchObject([4, { exit_code: 4 }]);
});

it('signs in by the mail of a local studio, and keeps the session closed to others', async () => {
  const { code, json } = await desk.studio('login', ada, '--data-dir', studio.dataDir, '--json');
  expect([code, json()]).toEqual([0, [{ email: ada, url: studio.origin() }]]);
  expect((await stat(sessionFile())).mode & 0o777).toBe(0o600);
  expect((await stat(join(sessionFile(), '..'))).mode & 0o777).toBe(0o700);
});

it('asks for what it was not given', async () => {
  const before = await newestCode(studio.dataDir);
  const { child, ended } = desk.begin('login');
  child.stdin.write(`${ada}\n`);
  let code = before;
  while (code === before) {
    await sleep(20);
    code = await newestCode(studio.dataDir);
  }
  child.stdin.end(`${code.slice(0, 3)} ${code.slice(3)}\n`);
  expect(await ended).toMatchObject({ code: 0, out: expect.stringContaining(`as ${ada}`) });
});

it('lists workflows, for people and for scripts, with nothing that steers the terminal', async () => {
  const person = await signIn(studio, ada);
  const graph = chain(canvasNode('start', 'manual-trigger'));
  const id = await save(person, { ...graph, name: 'Plain \u001b[31mred' });
  await person.call('GET', `/workflows/${id}`); // answered once the read models have it, for every session
  const { out } = await desk.studio('workflows');
  expect(out).toBe(`${id}  v1  draft  Plain \\u{1b}[31mred\n`);
  const { json } = await desk.studio('workflows', '--query', 'plain', '--json');
  expect(json()).toMatchObject([{ total: 1, items: [{ id, name: 'Plain \u001b[31mred' }] }]);
});

it('renews its session once, whoever needs it and however many at a time', async () => {
  const old = await session();
  await changeSession({ expiresAt: 0 });
  const lists = await Promise.all([1, 2, 3].map(() => desk.begin('workflows').ended));
  expect(lists.map(({ code }) => code)).toEqual([0, 0, 0]);
  const renewed = await session();
  expect(renewed.refreshToken).not.toBe(old.refreshToken);
  // A refresh token that was used twice would have ended the session for all of them.
  expect((await desk.studio('workflows')).code).toBe(0);
  await changeSession({ accessToken: 'forged' });
  expect((await desk.studio('workflows')).code).toBe(0);
  await changeSession({ accessToken: 'forged', refreshToken: 'forged' });
  expect((await desk.studio('workflows')).code).toBe(4);
});
