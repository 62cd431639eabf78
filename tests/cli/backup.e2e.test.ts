import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from '@jest/globals';

import { canvasNode, chain, ended, save, start } from '../e2e/canvas.ts';
import { createStudio, type Person, signIn, type StudioProcess } from '../fixtures/studio.ts';
import { createDesk, type Desk } from './command.ts';

let studio: StudioProcess;
let person: Person;
let run: string;
let position: string;
let home: string;
const text = 'x'.repeat(100_000); // sealed, and too large to stay in its event
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'studio-backup-'));
  spawnSync('chmod', ['755', home]);
  studio = await createStudio({ embedded: true });
  await studio.start();
  person = await signIn(studio, 'ada@example.com');
  const echo = canvasNode('echo', 'transform', { expression: 'trigger.text' });
  const id = await save(person, chain(canvasNode('start', 'manual-trigger'), echo));
  run = await start(person, id, { text });
  await ended(person, run);
  position =
    (await person.call('PATCH', `/workflows/${id}/status`, { status: 'published' })).headers.get(
      'studio-position',
    ) ?? '';
  await studio.stop();
});
afterAll(async () => {
  await studio.remove();
  await rm(home, { recursive: true, force: true });
});

const at = (dataDir: string): Promise<Desk> => createDesk({ DATA_DIR: dataDir });
const done = async (desk: Desk, ...args: readonly string[]): Promise<void> => {
  const { code, err } = await desk.studio(...args);
  expect([args, code, code === 0 ? '' : err]).toEqual([args, 0, '']);
};
/** The run with its sealed output, and the sign-in that the token is of. */
const expectTheRun = async (): Promise<void> => {
  const { body } = await person.call('GET', `/executions/${run}`);
  expect(body).toMatchObject({ status: 'completed', output_data: text });
};

it('a copy of the folder of a stopped studio is a studio', async () => {
  const copy = join(home, 'copy');
  expect(spawnSync('cp', ['-a', studio.dataDir, copy]).status).toBe(0);
  await studio.start({ DATA_DIR: copy });
  await expectTheRun();
  await studio.stop();
  const desk = await at(copy);
  await done(desk, 'verify');
  await desk.leave();
});

it('an export brings everything to another studio, whose positions are its own', async () => {
  const [fresh, exported] = [join(home, 'fresh'), join(home, 'export')];
  await mkdir(fresh, { mode: 0o755 });
  await cp(join(studio.dataDir, 'keys'), join(fresh, 'keys'), { recursive: true });
  const [old, next] = [await at(studio.dataDir), await at(fresh)];
  const move = await old.studio('archive', 'move', '--keep', '1', '--json');
  expect([move.code, move.json()]).toEqual([0, [{ did: 'Archived', events: 0, bytes: 0 }]]); // less than a block
  await done(old, 'archive', 'status');
  await done(old, 'archive', 'restore');
  await done(old, 'export', exported);
  expect((await old.studio('export', exported)).code).toBe(1);
  await studio.start({ DATA_DIR: fresh }); // makes the database
  const early = await next.studio('import', exported);
  expect([early.code, early.err]).toEqual([1, expect.stringContaining('stop it first')]);
  await studio.stop();
  await done(next, 'import', exported);
  await done(next, 'import', exported);
  await done(next, 'verify');
  await studio.start({ DATA_DIR: fresh });
  await expectTheRun();
  const gone = await person.call('GET', `/executions`, undefined, {
    'studio-min-position': position,
  });
  expect([gone.status, gone.body]).toMatchObject([410, { code: 'position.unknown' }]);
  await studio.stop();
  await done(next, 'verify', '--json');
  for (const desk of [old, next]) await desk.leave();
});

it('says what it cannot export or import', async () => {
  const desk = await at(studio.dataDir);
  expect((await desk.studio('import', join(home, 'nowhere'))).code).toBe(3);
  expect((await desk.studio('export')).code).toBe(2);
  expect((await desk.studio('archive', 'everything')).code).toBe(2);
  await desk.leave();
});
