import { afterAll, beforeAll, expect, it } from '@jest/globals';
import WebSocket from 'ws';

import { createStudio, type Person, signIn, type StudioProcess } from '../fixtures/studio.ts';
import { ended } from './canvas.ts';

let studio: StudioProcess;
let person: Person;
beforeAll(async () => {
  studio = await createStudio({ ownPostgres: true });
  await studio.start();
  person = await signIn(studio, 'stopping@example.com');
});
afterAll(() => studio.remove());

const node = { id: 'a', type: 'action', position: { x: 0, y: 0 }, data: { kind: 'noop' } };

it('stops within ten seconds while runs go on and sockets listen, and goes on with them afterwards', async () => {
  const { body } = await person.call('POST', '/workflows', { name: 'Many', nodes: [node] });
  const socket = new WebSocket(`${studio.origin().replace('http', 'ws')}/api/v1/ws`, [
    'bearer',
    person.token,
  ]);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await new Promise((resolve) => socket.once('open', resolve));
  const started = Array.from({ length: 40 }, () =>
    person.call('POST', '/executions', { workflow_id: body.id }).catch(() => null),
  );
  await started[0];
  expect(await studio.stop()).toBeLessThan(10_000);
  expect(await closed).toBe(1001);
  const answers = await Promise.all(started);
  const acknowledged = answers.flatMap((answer) =>
    answer?.status === 202 ? [answer.body.id] : [],
  );
  expect(acknowledged.length).toBeGreaterThan(0);
  await studio.start();
  for (const id of acknowledged) expect((await ended(person, String(id))).status).toBe('completed');
});
