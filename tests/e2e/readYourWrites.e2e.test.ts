import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { rounds } from '../fixtures/length.ts';
import {
  type Answer,
  call,
  createStudio,
  type Person,
  signIn,
  type StudioProcess,
} from '../fixtures/studio.ts';
import { canvasNode, chain, start } from './canvas.ts';

const times = rounds(80, 200);
const people = 4;

let studio: StudioProcess;
const writers: Person[] = [];
/** Lists that said themselves that they may be behind. */
let stale = 0;

beforeAll(async () => {
  studio = await createStudio();
  await studio.start();
  for (let index = 0; index < people; index += 1)
    writers.push(await signIn(studio, `writer${index}@example.org`));
});
afterAll(() => studio.remove());

const workflow = (name: string) => ({
  ...{ name, tags: [name] },
  ...chain(canvasNode('begin', 'manual-trigger'), canvasNode('step', 'noop')),
});

/** A list that was asked for right after a write: it shows it, or says that it may not. */
const expectListed = (list: Answer, id: string): void => {
  expect(list.status).toBe(200);
  if (list.headers.get('studio-stale') === 'true') stale += 1;
  else expect(list.body.items[0]?.id).toBe(id);
};
/** What was written is what is read, at once: a single thing is never stale. */
const expectRead = (read: Answer, content: object): void => {
  expect([read.status, read.body]).toMatchObject([200, content]);
  expect(read.headers.get('studio-stale')).toBeNull();
};

const atOnce = (reader: Person, path: string): Promise<Answer> =>
  call(studio.origin(), 'GET', path, { headers: { authorization: `Bearer ${reader.token}` } });

const saveAndRead = async (writer: Person, name: string): Promise<string> => {
  const made = await writer.call('POST', '/workflows', workflow(name));
  const id = String(made.body.id);
  expectListed(await atOnce(writer, '/workflows?limit=1'), id);
  expectRead(await atOnce(writer, `/workflows/${id}`), { id, name, version: 1 });
  return id;
};

const changeAndRead = async (writer: Person, id: string, name: string): Promise<void> => {
  await writer.call('PUT', `/workflows/${id}`, { name });
  expectRead(await atOnce(writer, `/workflows/${id}`), { id, name, version: 2 });
  expectListed(await atOnce(writer, `/workflows?query=${name}`), id);
};

const startAndRead = async (writer: Person, workflowId: string): Promise<void> => {
  const id = await start(writer, workflowId, { of: workflowId });
  const content = { id, workflow_id: workflowId, trigger_data: { of: workflowId } };
  expectRead(await atOnce(writer, `/executions/${id}`), content);
  expectListed(await atOnce(writer, `/executions?workflow_id=${workflowId}`), id);
};

describe('whoever wrote something', () => {
  it(`reads it at once, ${times} times while ${people} people write`, async () => {
    await Promise.all(
      writers.map(async (writer, lane) => {
        for (let turn = 0; turn < times / people; turn += 1) {
          const id = await saveAndRead(writer, `new-${lane}-${turn}`);
          await changeAndRead(writer, id, `changed-${lane}-${turn}`);
          await startAndRead(writer, id);
        }
      }),
    );
    // Saying 'stale' every time would be no promise at all.
    expect(stale).toBeLessThan(times / 10);
  });

  it('counts it too', async () => {
    for (const writer of writers) {
      const { body } = await writer.call('GET', '/workflows?limit=100');
      expect([body.total, body.items.length]).toEqual([times / people, times / people]);
      const runs = await writer.call('GET', '/executions');
      expect(runs.body.total).toBe(times / people);
    }
  });

  it('reads it from another session too, which names the position', async () => {
    const [writer] = writers;
    if (!writer) throw new Error('nobody signed in');
    const elsewhere = await signIn(studio, 'writer0@example.org');
    for (let turn = 0; turn < 50; turn += 1) {
      const made = await writer.call('POST', '/workflows', workflow(`told-${turn}`));
      const position = made.headers.get('studio-position') ?? '';
      const headers = { 'studio-min-position': position };
      const list = await elsewhere.call('GET', '/workflows?limit=1', undefined, headers);
      expectListed(list, String(made.body.id));
    }
  });
});
