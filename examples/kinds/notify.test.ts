import assert from 'node:assert/strict';
import { test } from 'node:test';

import { checkKind, tryKind } from '@studio/kinds/testing';

import { notify } from './notify.ts';

const config = { url: 'https://chat.example.org/messages', channel: 'ops', text: 'Done' };

test('the declaration is whole', () => {
  assert.deepEqual(checkKind(notify), []);
});

test('it posts the text once under its key, and stays within its effect', async () => {
  const { effect, outcome, asked, breaches } = await tryKind(notify, { config });
  assert.deepEqual([effect, breaches], ['idempotent', []]);
  assert.deepEqual(outcome, { output: { channel: 'ops', status: 200 } });
  assert.deepEqual(
    asked.http.map(({ method, body }) => ({ method, body })),
    [{ method: 'POST', body: { channel: 'ops', text: 'Done' } }],
  );
});

test('a busy channel is asked again, a refusal is final', async () => {
  const answered = async (status: number) =>
    (await tryKind(notify, { config, answer: { status, headers: {}, body: null } })).error;
  assert.equal(((await answered(503)) as { kind: string }).kind, 'unavailable');
  assert.equal(((await answered(403)) as { kind: string }).kind, 'refused');
});
