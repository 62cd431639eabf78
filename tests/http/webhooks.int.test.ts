import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type ExecutionId, executionStream } from '@studio/contracts';
import { handle, run } from '@studio/domain';
import { createPatience, newId, systemClock } from '@studio/infra';

import { type Answer, call } from '../fixtures/studio.ts';
import {
  deliver,
  type Hook,
  hookedWorkflow,
  issue,
  newHook,
  type Sent,
  webhookTrigger,
} from '../fixtures/webhookSender.ts';
import { type SignedIn, startWriteSide, type WriteSide } from '../fixtures/writeSide.ts';
import { countEvents, refusalOf, storingNothing } from './nothingStored.ts';

let side: WriteSide;
let ada: SignedIn;
beforeAll(async () => {
  side = await startWriteSide();
  ada = await side.signIn('ada@example.org');
});
afterAll(() => side.stop());

const send = (hook: Pick<Hook, 'path' | 'secret'>, sent?: Sent): Promise<Answer> =>
  deliver(side.origin, hook, sent);
const hooked = (config?: object, asked?: object): Promise<Hook> => newHook(ada, config, asked);

const refusal = (work: () => Promise<Answer>) => refusalOf(side, work);

const started = async (executionId: string) => {
  const [first] = await side.log.readStream(executionStream(executionId as ExecutionId)); // as it was answered
  if (first?.type !== 'WorkflowStarted') throw new Error('no such run');
  return first;
};

/** Brings a run without effects to its end, as the executor would. */
const settle = (executionId: string) =>
  handle({ log: side.log, newId, patience: createPatience() }, run, {
    stream: executionStream(executionId as ExecutionId), // as it was answered
    command: { type: 'SettleRun', data: {} },
    cause: {
      ...{ correlationId: 'test', causationId: 'test', commandId: 'test' },
      ...{ actor: { kind: 'executor', id: 'test' }, workspaceId: ada.workspaceId },
      occurredAt: systemClock(),
    },
    keys: ({ keyId }) => ({ run: keyId }),
  });

describe('a webhook', () => {
  it('is told to whoever issues it, once', async () => {
    const workflowId = await hookedWorkflow(ada);
    const path = `/workflows/${workflowId}/webhook`;
    expect((await ada.call('GET', path)).status).toBe(404);
    const issued = await ada.call('POST', path);
    expect([issued.status, issued.body]).toEqual([
      201,
      {
        ...{ workflow_id: workflowId, webhook_id: expect.any(String), signature: 'required' },
        ...{ issued_by: ada.userId, issued_at: expect.any(String) },
        published_version: 1,
        path: expect.stringMatching(/^\/api\/v1\/webhooks\/[A-Za-z0-9_-]{87}$/),
        url: side.origin + String(issued.body.path),
        secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
      },
    ]);
    expect(issued.headers.get('cache-control')).toBe('no-store');
    const shown = await ada.call('GET', path);
    const secrets = { url: undefined, path: undefined, secret: undefined };
    expect([shown.status, shown.body]).toEqual([200, { ...issued.body, ...secrets }]);
    expect(Object.keys(shown.body)).toHaveLength(6);
  });

  it('stands nowhere: neither its token nor its secret', async () => {
    const hook = await hooked();
    await send(hook);
    const token = hook.path.split('/').at(-1) ?? '';
    const { rows } = await side.pool.query<{ text: string }>(
      `select coalesce(string_agg(data || metadata, ' '), '') as text from log.events`,
    );
    const secrets = [token, token.slice(44), hook.secret, hook.secret.slice(6)];
    for (const secret of secrets) {
      expect(rows[0]?.text).not.toContain(secret);
      expect(side.logged.join(' ')).not.toContain(secret);
    }
  });

  it('is its workspace’s alone', async () => {
    const grace = await side.signIn('grace@example.org');
    const hook = await hooked();
    for (const method of ['GET', 'POST', 'DELETE'])
      expect((await grace.call(method, `/workflows/${hook.workflowId}/webhook`)).status).toBe(404);
    for (const method of ['GET', 'POST', 'DELETE']) {
      const asked = call(side.origin, method, `/workflows/${hook.workflowId}/webhook`);
      expect((await asked).status).toBe(401);
    }
  });

  it('is not copied with its workflow', async () => {
    const hook = await hooked();
    const { body } = await ada.call('POST', `/workflows/${hook.workflowId}/duplicate`);
    expect((await ada.call('GET', `/workflows/${body.id}/webhook`)).status).toBe(404);
  });

  it('ends when it is issued anew, disabled, or its workflow deleted', async () => {
    const first = await hooked();
    const second = await issue(ada, first.workflowId);
    const gone = [404, 'webhook.not_found'];
    expect(await refusal(() => send(first))).toEqual(gone);
    expect((await send(second)).status).toBe(202);
    const path = `/workflows/${first.workflowId}/webhook`;
    expect((await ada.call('DELETE', path)).status).toBe(204);
    expect((await ada.call('DELETE', path)).body.code).toBe('webhook.not_found');
    expect(await refusal(() => send(second))).toEqual(gone);
    const third = await issue(ada, first.workflowId);
    expect((await send(third)).status).toBe(202);
    await ada.call('DELETE', `/workflows/${first.workflowId}`);
    expect(await refusal(() => send(third))).toEqual(gone);
  });
});

describe('a delivery', () => {
  it('starts a run with what it brought, without what is secret of it', async () => {
    const hook = await hooked({ headers: ['X-Event', 'Authorization', 'x-api-key'] });
    const answer = await send(hook, {
      id: 'msg_1',
      body: '{"n":[1,{"__proto__":"kept"}]}',
      query: '?a=1&a=2&b=',
      headers: {
        ...{ 'x-event': 'opened', authorization: 'Basic abc', 'x-api-key': 'abc', cookie: 'a=b' },
        'user-agent': 'sender/1',
      },
    });
    expect([answer.status, answer.body]).toEqual([
      202,
      {
        ...{ execution_id: expect.any(String), workflow_id: hook.workflowId, status: 'pending' },
        created_at: expect.any(String),
      },
    ]);
    expect(answer.headers.get('location')).toBe(`/api/v1/executions/${answer.body.execution_id}`);
    const { data, metadata } = await started(answer.body.execution_id);
    expect(data).toMatchObject({ triggerType: 'webhook', userId: ada.userId });
    expect(JSON.parse(JSON.stringify(data.trigger))).toEqual({
      method: 'POST',
      headers: {
        ...{ 'content-type': 'application/json', 'user-agent': 'sender/1', 'x-event': 'opened' },
        ...{ 'webhook-id': 'msg_1', 'webhook-timestamp': expect.any(String) },
      },
      query: { a: ['1', '2'], b: '' },
      body: JSON.parse('{"n":[1,{"__proto__":"kept"}]}') as object,
    });
    expect(metadata).toMatchObject({
      actor: { kind: 'webhook', id: hook.webhookId },
      workspaceId: ada.workspaceId,
    });
  });

  it('brings text as text, and nothing as null', async () => {
    const hook = await hooked({}, { signature: 'none' });
    const post = async (body: string | undefined, type: string) => {
      const { body: answer } = await call(side.origin, 'POST', hook.path, {
        ...{ body, headers: { 'content-type': type } },
      });
      const { data } = await started(answer.execution_id);
      return (data.trigger as { body: unknown }).body;
    };
    expect(await post('{"a":', 'text/plain')).toBe('{"a":');
    expect(await post('a=1&b=ü', 'application/x-www-form-urlencoded')).toBe('a=1&b=ü');
    expect(await post('[1]', 'application/cloudevents+json; charset=utf-8')).toEqual([1]);
    expect(await post(undefined, 'application/json')).toBeNull();
  });

  it('is one run however often it comes, and whatever has become of the webhook', async () => {
    const hook = await hooked();
    const many = await Promise.all(Array.from({ length: 8 }, () => send(hook, { id: 'msg_2' })));
    const [first] = many;
    for (const { status, body } of many) expect([status, body]).toEqual([202, first?.body]);
    const again = await issue(ada, hook.workflowId);
    const reserve = jest.spyOn(side.keys, 'reserve');
    const late = await storingNothing(side, () => send(again, { id: 'msg_2' }));
    expect(reserve).not.toHaveBeenCalled(); // a data key that no run has would lie there for ever
    reserve.mockRestore();
    expect([late.status, late.body]).toEqual([202, first?.body]);
    await ada.call('PATCH', `/workflows/${hook.workflowId}/status`, { status: 'archived' });
    expect((await storingNothing(side, () => send(again, { id: 'msg_2' }))).body).toEqual(
      first?.body,
    );
    expect((await send(again, { id: 'msg_3' })).status).toBe(409);
  });

  it('shows nothing of a run that was forgotten', async () => {
    const hook = await hooked({ respond: 'result' });
    const post = (query = '') => send(hook, { id: 'msg_forgotten', query });
    const id = String((await post('?wait=0')).body.execution_id);
    await settle(id);
    const told = await post();
    expect([told.status, told.body.output.body]).toEqual([200, { n: 1 }]);
    await ada.call('POST', `/executions/${id}/forget`);
    const late = await post();
    expect([late.status, late.body]).toEqual([200, { ...told.body, output: null }]);
  });

  it('is refused when another came under its id', async () => {
    const hook = await hooked();
    await send(hook, { id: 'msg_4' });
    const other = () => send(hook, { id: 'msg_4', body: '{"n":2}' });
    expect(await refusal(other)).toEqual([422, 'request.idempotency_key_reused']);
    expect((await other()).body.detail).toMatchObject([{ loc: ['header', 'webhook-id'] }]);
  });

  it('may name no id where none is signed, and is then another each time', async () => {
    const hook = await hooked({}, { signature: 'none' });
    const post = async (headers: Record<string, string> = {}) =>
      (await call(side.origin, 'POST', hook.path, { body: {}, headers })).body.execution_id;
    expect(await post()).not.toBe(await post());
    const named = { 'idempotency-key': 'one' };
    expect(await post(named)).toBe(await post(named));
  });

  it('comes by the method that the trigger names', async () => {
    const hook = await hooked({ method: 'GET' });
    expect((await send(hook, { method: 'GET', query: '?ping=1' })).status).toBe(202);
    const posted = await send(hook);
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET']);
    expect((await send(hook, { method: 'HEAD' })).status).toBe(405);
    for (const method of ['PUT', 'DELETE'])
      expect((await call(side.origin, method, hook.path)).status).toBe(405);
  });

  it.each(['draft', 'archived'])('is refused by a workflow that is %s', async (status) => {
    const hook = await hooked();
    await ada.call('PATCH', `/workflows/${hook.workflowId}/status`, { status });
    const shown = await ada.call('GET', `/workflows/${hook.workflowId}/webhook`);
    expect(shown.body.published_version).toBeNull();
    expect(await refusal(() => send(hook))).toEqual([409, 'webhook.not_published']);
  });

  it('starts the version that was published, until another one is', async () => {
    const hook = await hooked();
    const at = `/workflows/${hook.workflowId}`;
    const versionOf = async () => {
      const { body } = await send(hook);
      const { data } = await started(body.execution_id);
      return [data.workflowVersion, data.definition.nodes.length];
    };
    const nodes = [webhookTrigger(), { ...webhookTrigger(), id: 'second' }];
    await ada.call('PUT', at, { nodes });
    expect(await versionOf()).toEqual([1, 1]);
    const warnings = async () => (await ada.call('POST', `${at}/validate`)).body.warnings;
    expect(await warnings()).toEqual([
      'Deliveries start version 1 as it was published, until you publish again',
    ]);
    await ada.call('PUT', at, { is_public: true });
    const stranger = await side.signIn('eve@example.org');
    expect((await stranger.call('POST', `${at}/validate`)).body.warnings).toEqual([]);
    const publish = () => ada.call('PATCH', `${at}/status`, { status: 'published' });
    expect((await publish()).status).toBe(200);
    expect([await versionOf(), await warnings()]).toEqual([[3, 2], []]);
    expect((await ada.call('GET', `${at}/webhook`)).body.published_version).toBe(3);
    const before = await countEvents(side);
    await publish();
    expect(await countEvents(side)).toBe(before);
  });

  it('finds its run also when the workflow would refuse it by now', async () => {
    const hook = await hooked();
    const first = await send(hook, { id: 'msg_5' });
    const at = `/workflows/${hook.workflowId}`;
    await ada.call('PUT', at, { nodes: [webhookTrigger({ method: 'GET' })] });
    await ada.call('PATCH', `${at}/status`, { status: 'published' });
    expect((await send(hook)).status).toBe(405);
    const again = await storingNothing(side, () => send(hook, { id: 'msg_5' }));
    expect([again.status, again.body]).toEqual([202, first.body]);
  });

  it('is refused by a workflow that has no trigger for it, or a wrong one', async () => {
    const { body } = await ada.call('POST', '/workflows', {
      name: 'By hand',
      nodes: [{ ...webhookTrigger(), data: { kind: 'manual-trigger' } }],
    });
    await ada.call('PATCH', `/workflows/${body.id}/status`, { status: 'published' });
    const byHand = await issue(ada, String(body.id));
    expect(await refusal(() => send(byHand))).toEqual([409, 'webhook.no_trigger']);
    const wrong = await hooked({ headers: 'all of them' });
    expect(await refusal(() => send(wrong))).toEqual([409, 'webhook.no_trigger']);
  });

  it('is refused when it cannot be read, or is too large', async () => {
    const hook = await hooked();
    const malformed = { body: '{"a":' };
    expect(await refusal(() => send(hook, malformed))).toEqual([422, 'request.malformed_json']);
    const deep = { body: '['.repeat(600) + ']'.repeat(600) };
    expect(await refusal(() => send(hook, deep))).toEqual([422, 'request.invalid']);
    const large = { body: JSON.stringify('a'.repeat(10 * 1024 * 1024)) };
    expect(await refusal(() => send(hook, large))).toEqual([413, 'request.too_large']);
    for (const [encoding, status] of [
      ['gzip', 400],
      ['zip', 415],
    ] as const) {
      const broken = { headers: { 'content-encoding': encoding } };
      expect((await storingNothing(side, () => send(hook, broken))).status).toBe(status);
    }
    const waits = { query: '?wait=31' };
    expect(await refusal(() => send(hook, waits))).toEqual([422, 'request.invalid']);
  });
});

it('never fails', () => {
  expect(side.logged.join('\n')).not.toContain('request failed unexpectedly');
});
