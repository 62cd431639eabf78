import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ExecutionEvent, type KeyId, workflowStream } from '@studio/contracts';

import {
  chain,
  chainRun,
  newStory,
  nodeCompleted,
  nodeFailed,
  nodeStarted,
  type Story,
  workflowCompleted,
  workflowCreated,
  workflowStarted,
} from '../fixtures/facts.ts';
import type { Body, Listener } from '../fixtures/listener.ts';
import { type ReadSide, startReadSide } from '../fixtures/readSide.ts';

let side: ReadSide;
let keyId: KeyId;
let owner: Story;
let token: string;

beforeAll(async () => {
  side = await startReadSide({ sessionCheckMs: 100 });
  keyId = await side.studio.keys.reserve();
  owner = newStory(keyId);
  ({ token } = await side.signIn(owner));
});
afterAll(() => side.stop());

const owned = (): Story => ({
  ...newStory(keyId),
  ...{ userId: owner.userId, workspaceId: owner.workspaceId },
});
const eventOf = (message: Body): Body => message['event'] as Body; // of a fact message
const isFact =
  (type: string) =>
  (message: Body): boolean =>
    message.type === 'fact' && eventOf(message).type === type;
const subscribed =
  (room: string) =>
  (message: Body): boolean =>
    message['event'] === 'subscribed' && message['room_id'] === room;

const listenTo = async (story: Story, query = ''): Promise<Listener> => {
  const path = `/api/v1/ws/executions/${story.executionId}?token=${token}${query}`;
  const listener = side.socket(path);
  await listener.until(subscribed(`execution:${story.executionId}`));
  return listener;
};

const told = (messages: readonly Body[]): string[] =>
  messages
    .filter(({ type }) => type === 'execution_update' || type === 'node_update')
    .map(({ type, data }) =>
      type === 'node_update'
        ? `${String(data['node_id'])} ${String(data['status'])}`
        : `run ${String(data['status'])} ${Math.round(Number(data['progress_percentage']))}`,
    );

const wholeStory = [
  'run running 0',
  'a running',
  'a completed',
  'run running 33',
  'b running',
  'b completed',
  'run running 67',
  'c running',
  'c completed',
  'run running 100',
  'run completed 100',
];

describe('a socket of one run', () => {
  it('tells of a chain in the order of the contract, each fact last', async () => {
    const story = owned();
    const [opening, ...facts] = chainRun(story, 'a', 'b', 'c');
    await side.studio.happened(story, ...(opening ? [opening] : []));
    const listener = await listenTo(story);
    for (const fact of facts) await side.studio.happened(story, fact);
    await listener.until(isFact('WorkflowCompleted'));
    expect(listener.messages.slice(0, 3)).toMatchObject([
      { type: 'connection', event: 'connected' },
      { type: 'subscription', event: 'subscribed', room_id: `user:${owner.userId}` },
      { type: 'subscription', event: 'subscribed', room_id: `execution:${story.executionId}` },
    ]);
    expect(told(listener.messages)).toEqual(wholeStory);
    const withPosition = listener.messages.filter((message) => 'position' in message);
    expect(withPosition.map(({ type, revision }) => [type, revision])).toEqual(
      facts.map((_, index) => ['fact', index + 1]),
    );
    expect(withPosition[1]).toMatchObject({ event: { data: { output: { by: 'a' } } } });
    listener.socket.close();
  });

  it('tells of a retry: the run goes on, and what failed begins anew', async () => {
    const story = owned();
    await side.studio.happened(story, workflowStarted(story, chain('a', 'b')));
    const listener = await listenTo(story);
    const place = { nodeId: 'a', instanceId: 'a', attempt: 2, generation: 1 };
    const facts: ExecutionEvent[] = [
      ...[nodeStarted('a'), nodeFailed('a', 'fail_run')],
      { type: 'WorkflowFailed', data: { instanceId: 'a', code: 'http.status', message: 'no' } },
      { type: 'WorkflowRetried', data: { retry: 1, reopened: [place], inDoubt: [] } },
      ...[nodeStarted('a', { attempt: 2 }), nodeCompleted('a')],
      ...[nodeStarted('b'), nodeCompleted('b'), workflowCompleted()],
    ];
    for (const fact of facts) await side.studio.happened(story, fact);
    await listener.until(isFact('WorkflowCompleted'));
    expect(told(listener.messages)).toEqual([
      ...['run running 0', 'a running', 'a failed', 'run failed 0'],
      ...['run running 0', 'a pending', 'a running', 'a completed', 'run running 50'],
      ...['b running', 'b completed', 'run running 100', 'run completed 100'],
    ]);
    listener.socket.close();
  });

  it('tells how far a node has come', async () => {
    const story = owned();
    await side.studio.happened(story, workflowStarted(story, chain('a')), nodeStarted('a'));
    const listener = await listenTo(story);
    const a = { nodeId: 'a', instanceId: 'a', attempt: 1 };
    await side.studio.happened(story, {
      ...{ type: 'NodeProgressed', data: { ...a, fraction: 0.5, message: 'page 1 of 2' } },
    });
    await listener.until(isFact('NodeProgressed'));
    expect(listener.messages.filter(({ type }) => type === 'node_update')).toMatchObject([
      {
        data: {
          ...{ node_id: 'a', status: 'running', message: 'page 1 of 2' },
          progress: { fraction: 0.5, message: 'page 1 of 2' },
        },
      },
    ]);
    listener.socket.close();
  });

  it('resumes after any fact without loss or repetition while the run goes on', async () => {
    const story = owned();
    const facts = chainRun(story, ...Array.from({ length: 40 }, (_, index) => `n${index}`));
    const [opening, ...rest] = facts;
    await side.studio.happened(story, ...(opening ? [opening] : []));
    const first = await listenTo(story);
    const writing = (async () => {
      for (const fact of rest) await side.studio.happened(story, fact);
    })();
    const seen: number[] = [];
    let position = (await first.until(isFact('NodeStarted'))).position;
    const take = (listener: Listener): void => {
      for (const message of listener.messages.filter(({ type }) => type === 'fact')) {
        seen.push(message.revision);
        position = message.position;
      }
    };
    first.socket.close();
    await first.closed;
    take(first);
    while (seen.at(-1) !== facts.length - 1) {
      const next = await listenTo(story, `&after=${encodeURIComponent(position)}`);
      await next.until(({ type }) => type === 'fact');
      next.socket.close();
      await next.closed;
      take(next);
    }
    await writing;
    expect(seen).toEqual(rest.map((_, index) => index + 1));
  });

  it('is refused with an HTTP status', async () => {
    const story = owned();
    await side.studio.happened(story, workflowStarted(story, chain('a')));
    const path = `/api/v1/ws/executions/${story.executionId}`;
    const stranger = await side.signIn(newStory(keyId));
    const refused = (to: string, protocols: string[] = []) =>
      side.socket(to, protocols).opened.then(
        () => 'opened',
        (error: unknown) => (error instanceof Error ? error.message : ''),
      );
    expect(await refused(path)).toBe('401');
    expect(await refused(`${path}?token=forged`)).toBe('401');
    expect(await refused(`${path}?token=${stranger.token}`)).toBe('404');
    expect(await refused(`/api/v1/ws/executions/x?token=${token}`)).toBe('400');
    expect(await refused(`/api/v1/elsewhere?token=${token}`)).toBe('404');
    expect(await refused('//')).toBe('404');
    expect(await refused(`${path}?token=${token}&after=x`)).toBe('422');
    expect(await refused(`${path}?token=${token}&after=00000000:1`)).toBe('410');
    const byProtocol = side.socket(path, ['bearer', token]);
    await byProtocol.opened;
    expect(byProtocol.socket.protocol).toBe('bearer');
    byProtocol.socket.close();
  });

  it('closes with 4401 when its session ends', async () => {
    const session = await side.signIn(owner);
    const listener = side.socket(`/api/v1/ws?token=${session.token}`);
    await listener.until(({ type }) => type === 'connection');
    await side.auth.sessions.close(session.sessionId);
    side.auth.authenticator.drop(session.sessionId);
    expect(await listener.closed).toBe(4401);
  });
});

describe('the room socket', () => {
  it('follows every run of a workflow, and resumes', async () => {
    const story = owned();
    await side.studio.append(story, workflowStream(story.workflowId), [workflowCreated(story)]);
    const room = `workflow:${story.workflowId}`;
    const listener = side.socket('/api/v1/ws', ['bearer', token]);
    await listener.until(({ type }) => type === 'connection');
    listener.send({ type: 'subscribe', room_id: room });
    await listener.until(subscribed(room));
    const stranger = newStory(keyId, { workflowId: story.workflowId });
    await side.studio.happened(stranger, ...chainRun(stranger, 'z')); // another workspace's run
    await side.studio.happened(story, ...chainRun(story, 'a', 'b', 'c'));
    await listener.until(isFact('WorkflowCompleted'));
    expect(told(listener.messages)).toEqual(wholeStory);

    const facts = listener.messages.filter(({ type }) => type === 'fact');
    const query = `?token=${token}&after=${encodeURIComponent(facts[3]?.position ?? '')}`;
    const later = side.socket(`/api/v1/ws${query}`);
    await later.until(({ type }) => type === 'connection');
    later.send({ type: 'subscribe', room_id: room });
    await later.until(isFact('WorkflowCompleted'));
    const resumed = later.messages.filter(({ type }) => type === 'fact');
    expect(resumed).toEqual(facts.slice(4));
    expect(told(later.messages)).toEqual(wholeStory.slice(5));
    for (const { socket } of [listener, later]) socket.close();
  });

  it('follows every run of the own workspace, new ones too, and resumes', async () => {
    const room = `workspace:${owner.workspaceId}`;
    const listener = side.socket('/api/v1/ws', ['bearer', token]);
    await listener.until(({ type }) => type === 'connection');
    listener.send({ type: 'subscribe', room_id: room });
    await listener.until(subscribed(room));
    const stranger = newStory(keyId); // another workspace's run
    await side.studio.happened(stranger, ...chainRun(stranger, 'z'));
    const [first, second] = [owned(), owned()];
    await side.studio.happened(first, workflowStarted(first, chain('a')));
    await side.studio.happened(second, ...chainRun(second, 'a', 'b', 'c'));
    await listener.until(isFact('WorkflowCompleted'));
    const facts = listener.messages.filter(({ type }) => type === 'fact');
    expect(new Set(facts.map((fact) => fact['execution_id']))).toEqual(
      new Set([first.executionId, second.executionId]),
    );

    const query = `?token=${token}&after=${encodeURIComponent(facts[3]?.position ?? '')}`;
    const later = side.socket(`/api/v1/ws${query}`);
    await later.until(({ type }) => type === 'connection');
    later.send({ type: 'subscribe', room_id: room });
    await later.until(isFact('WorkflowCompleted'));
    expect(later.messages.filter(({ type }) => type === 'fact')).toEqual(facts.slice(4));
    for (const { socket } of [listener, later]) socket.close();
  });

  it('answers pings, denies foreign rooms and survives garbage', async () => {
    const foreign = newStory(keyId);
    await side.studio.happened(foreign, workflowStarted(foreign, chain('a')));
    const listener = side.socket(`/api/v1/ws?token=${token}`);
    await listener.until(({ type }) => type === 'connection');
    listener.send('{ not json');
    listener.send('[1]');
    listener.send({ type: 'sing' });
    listener.send({ type: 'subscribe', room_id: `execution:${foreign.executionId}` });
    listener.send({ type: 'subscribe', room_id: `user:${foreign.userId}` });
    listener.send({ type: 'subscribe', room_id: 'kitchen:1' });
    listener.send({ type: 'unsubscribe', room_id: `user:${owner.userId}` });
    listener.send({ type: 'ping' });
    await listener.until(({ type }) => type === 'pong');
    expect(listener.messages.filter(({ type }) => type === 'error')).toEqual([
      { type: 'error', message: 'Invalid JSON format' },
      { type: 'error', message: 'A message is a JSON object' },
      { type: 'error', message: 'Unknown message type: sing' },
      ...[`execution:${foreign.executionId}`, `user:${foreign.userId}`, 'kitchen:1'].map(
        (room_id) => ({ type: 'error', message: 'Access denied to room', room_id }),
      ),
    ]);
    listener.send('x'.repeat(100_000));
    expect(await listener.closed).toBe(1009);
  });

  it('begins in the middle of a run with the right progress', async () => {
    const story = owned();
    await side.studio.happened(
      story,
      ...[workflowStarted(story, chain('a', 'b')), nodeStarted('a'), nodeCompleted('a')],
    );
    const listener = await listenTo(story);
    await side.studio.happened(story, nodeStarted('b'), nodeCompleted('b'), workflowCompleted());
    await listener.until(isFact('WorkflowCompleted'));
    expect(told(listener.messages)).toEqual([
      'b running',
      'b completed',
      'run running 100',
      'run completed 100',
    ]);
    listener.socket.close();
  });

  it('drops a client that does not read', async () => {
    const story = owned();
    await side.studio.happened(story, workflowStarted(story, chain('a')));
    const listener = await listenTo(story);
    listener.socket.pause();
    const heavy = 'x'.repeat(300_000);
    for (let each = 0; each < 60; each += 1)
      await side.studio.happened(story, nodeCompleted(`n${each}`, heavy));
    listener.socket.resume();
    expect([1006, 4408]).toContain(await listener.closed);
  });
});
