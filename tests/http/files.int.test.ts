import { createHash } from 'node:crypto';

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type ExecutionId, executionStream } from '@studio/contracts';

import { canvasNode, chain } from '../e2e/canvas.ts';
import { type SignedIn, startWriteSide, type WriteSide } from '../fixtures/writeSide.ts';
import { refusalOf } from './nothingStored.ts';

let side: WriteSide;
let ada: SignedIn;
let grace: SignedIn;
let workflow: string;

const saved = async (config: object = {}): Promise<string> => {
  const graph = chain(canvasNode('in', 'file-trigger', config), canvasNode('work', 'noop'));
  return String((await ada.call('POST', '/workflows', { name: 'Files', ...graph })).body.id);
};
const publish = (id: string) =>
  ada.call('PATCH', `/workflows/${id}/status`, { status: 'published' });
const published = async (config?: object): Promise<string> => {
  const id = await saved(config);
  expect((await publish(id)).status).toBe(200);
  return id;
};

beforeAll(async () => {
  side = await startWriteSide();
  ada = await side.signIn('ada@example.org');
  grace = await side.signIn('grace@example.org');
  workflow = await published();
});
afterAll(() => side.stop());

interface Sent {
  readonly to?: string;
  readonly query?: string;
  readonly body?: NonNullable<RequestInit['body']>;
  readonly type?: string;
  readonly key?: string;
  readonly as?: SignedIn;
}
const upload = async ({ to = `${workflow}/files/in`, query = '', as = ada, ...sent }: Sent) => {
  const { body = 'a,b\n1,2\n', type = 'text/csv', key } = sent;
  const answer = await fetch(`${side.origin}/api/v1/workflows/${to}${query}`, {
    ...{ method: 'POST', body },
    headers: {
      authorization: `Bearer ${as.accessToken}`,
      ...(body instanceof FormData ? {} : { 'content-type': type }),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    },
  });
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the test knows what it is answered
  return { status: answer.status, body: (await answer.json()) as any };
};
const started = async (id: string) => {
  const [first] = await side.log.readStream(executionStream(id as ExecutionId)); // as it was answered
  if (first?.type !== 'WorkflowStarted') throw new Error('no such run');
  return first.data;
};
const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex');

it('starts the published version with the file, which the run is told whole', async () => {
  const body = 'name,sum\nÄda,7\n';
  const answer = await upload({ query: '?name=C:%5Ctemp%5Corders.csv', body });
  const file = {
    ...{ name: 'orders.csv', type: 'text/csv', size: Buffer.byteLength(body) },
    sha256: sha256(body),
  };
  expect([answer.status, answer.body]).toMatchObject([202, { workflow_id: workflow, file }]);
  expect(await started(answer.body.execution_id)).toMatchObject({
    ...{ triggerType: 'file', userId: ada.userId, workflowVersion: 1 },
    firedBy: { by: 'file', nodeId: 'in' },
    trigger: { node_id: 'in', file: { ...file, text: body, base64: null } },
  });
});

it.each([
  ['bytes that are no text', Uint8Array.of(0x89, 0x50, 0xff), 'image/png'],
  ['bytes with NUL', Uint8Array.of(0x61, 0), 'text/plain'],
])('tells %s in base64', async (_, body, type) => {
  const { execution_id } = (await upload({ body, type })).body;
  expect((await started(execution_id)).trigger).toMatchObject({
    file: { name: 'file', type, text: null, base64: Buffer.from(body).toString('base64') },
  });
});

it('takes JSON as the file that it is, byte by byte', async () => {
  const body = '{"b": 1.0,  "a": [';
  const { execution_id } = (await upload({ body, type: 'application/json; charset=utf-8' })).body;
  expect((await started(execution_id)).trigger).toMatchObject({
    file: { type: 'application/json', text: body, sha256: sha256(body) },
  });
});

it('takes the one file of a form', async () => {
  const form = new FormData();
  form.set('note', 'hello');
  form.set('upload', new Blob(['x,y'], { type: 'text/csv' }), 'points.csv');
  const answer = await upload({ body: form });
  expect([answer.status, answer.body.file]).toMatchObject([
    ...[202, { name: 'points.csv', type: 'text/csv', size: 3, sha256: sha256('x,y') }],
  ]);
  form.append('upload', new Blob(['z']), 'more.csv');
  expect(await refusalOf(side, () => upload({ body: form }))).toEqual([422, 'request.invalid']);
  form.delete('upload');
  expect(await refusalOf(side, () => upload({ body: form }))).toEqual([422, 'request.invalid']);
});

it('starts one run for a key, and refuses another file under it', async () => {
  const first = await upload({ key: 'once' });
  const again = await upload({ key: 'once' });
  expect([again.status, again.body]).toEqual([202, first.body]);
  const both = await Promise.all([upload({ key: 'twice' }), upload({ key: 'twice' })]);
  expect(new Set(both.map(({ body }) => body.execution_id)).size).toBe(1);
  expect(await refusalOf(side, () => upload({ key: 'once', body: 'other' }))).toEqual([
    ...[422, 'request.idempotency_key_reused'],
  ]);
  const others = await published();
  const elsewhere = await upload({ to: `${others}/files/in`, key: 'once' });
  expect(elsewhere.body.execution_id).not.toBe(first.body.execution_id);
});

it.each<[string, Sent, number, string]>([
  ['an empty file', { body: '' }, 422, 'request.invalid'],
  ['a name that is none', { query: '?name=a%2F' }, 422, 'request.invalid'],
  ['a name with NUL', { query: '?name=a%00b' }, 422, 'request.invalid'],
  ['two names', { query: '?name=a&name=b' }, 422, 'request.invalid'],
  ['what is no media type', { type: 'csv' }, 422, 'request.invalid'],
  ['a form that is none', { type: 'multipart/form-data' }, 422, 'request.invalid'],
  [
    'a form without end',
    { type: 'multipart/form-data; boundary=x', body: '--x\r\nContent-Disposition: form-data' },
    ...([422, 'request.invalid'] as const),
  ],
  ['a key that is none', { key: 'a b' }, 422, 'request.invalid'],
  ['too large a file', { body: 'x'.repeat(10 * 1024 * 1024 + 1) }, 413, 'request.too_large'],
  ['far too large a file', { body: 'x'.repeat(11 * 1024 * 1024) }, 413, 'request.too_large'],
  ['an unknown workflow', { to: 'no/files/in' }, 422, 'request.invalid'],
])('refuses %s, and stores nothing', async (_, sent, status, code) => {
  expect(await refusalOf(side, () => upload(sent))).toEqual([status, code]);
});

it('refuses a node that is no file trigger, a draft, strangers, and what is halted', async () => {
  const to = `${workflow}/files/work`;
  expect(await refusalOf(side, () => upload({ to }))).toEqual([404, 'trigger.not_found']);
  expect(await refusalOf(side, () => upload({ as: grace }))).toEqual([404, 'workflow.not_found']);
  const draft = `${await saved()}/files/in`;
  expect(await refusalOf(side, () => upload({ to: draft }))).toEqual([
    ...[409, 'workflow.not_published'],
  ]);
  const halted = await published();
  await ada.call('POST', `/workflows/${halted}/halt`, {});
  expect(await refusalOf(side, () => upload({ to: `${halted}/files/in` }))).toEqual([
    ...[409, 'workflow.halted'],
  ]);
});

it('takes what its trigger takes, and nothing else', async () => {
  const id = await published({ mediaTypes: ['text/csv', 'IMAGE/*'], maxBytes: 10 });
  const to = `${id}/files/in`;
  expect((await upload({ to })).status).toBe(202);
  expect((await upload({ to, type: 'image/webp' })).status).toBe(202);
  expect(await refusalOf(side, () => upload({ to, type: 'text/html' }))).toEqual([
    ...[422, 'file.type_not_taken'],
  ]);
  expect(await refusalOf(side, () => upload({ to, body: 'x'.repeat(11) }))).toEqual([
    ...[413, 'request.too_large'],
  ]);
});

it.each([
  [{ mediaTypes: ['csv'] }, 'mediaTypes.0'],
  [{ maxBytes: 10 * 1024 * 1024 + 1 }, 'maxBytes'],
])('is not published with settings that cannot be kept: %j', async (config, why) => {
  const id = await saved(config);
  const { body } = await ada.call('POST', `/workflows/${id}/validate`);
  expect(body.warnings.join()).toContain(why);
  expect(await refusalOf(side, () => publish(id))).toEqual([400, 'trigger.invalid']);
});
