import { randomBytes } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  executionStream,
  type KeyId,
  type NewEvent,
  type UserId,
  workflowStream,
} from '@studio/contracts';

import { chainRun, fact, newStory, type Story, workflowCreated } from '../fixtures/facts.ts';
import { type Answer, type ReadSide, startReadSide } from '../fixtures/readSide.ts';

let side: ReadSide;
let keyId: KeyId;
let token: string;
let ada: Story;
const runs: Story[] = [];

/** An event id as a clock at that time makes it. */
const idAt = (ms: number): string => {
  const hex = `${ms.toString(16).padStart(12, '0')}7${randomBytes(9).toString('hex').slice(0, 3)}8${randomBytes(8).toString('hex').slice(0, 15)}`;
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
};

const began = Date.parse('2026-03-01T00:00:00.000Z');
const hour = 3_600_000;
const timeOf = (ms: number): string => new Date(ms).toISOString();

/** A run whose facts come a second after each other, as clocks of that time stamp them. */
const runAt = async (story: Story, ms: number, causes: 'chained' | 'same' = 'same') => {
  let cause: string = story.executionId;
  const events = chainRun(story, 'a', 'b').map((event, index): NewEvent => {
    const made = fact(story, event);
    const eventId = idAt(ms + index * 1_000);
    const metadata = {
      ...{ ...made.metadata, occurredAt: timeOf(ms + index * 1_000), causationId: cause },
      actor: index === 0 ? made.metadata.actor : { kind: 'executor' as const, id: 'engine-1' },
    };
    if (causes === 'chained') cause = eventId;
    return { ...made, eventId, metadata };
  });
  await side.studio.log.append(executionStream(story.executionId), 'no_stream', events, {
    run: keyId,
  });
  return events;
};

const get = (path: string, as: string | null = token): Promise<Answer> =>
  side.get(as, `/api/v1/ops/${path}`);
const ok = async (path: string) => {
  const { status, body } = await get(path);
  expect([path, status]).toEqual([path, 200]);
  return body;
};

/** Every item of all pages. */
const everything = async (path: string, cursor: 'after' | 'from'): Promise<Answer['body'][]> => {
  const items: Answer['body'][] = [];
  for (let next = ''; ;) {
    const page = await ok(`${path}${next === '' ? '' : `&${cursor}=${next}`}`);
    items.push(...page.items);
    const { next: goOn } = page as { next?: unknown }; // looked at below
    if (page['more'] === false || goOn === null) return items;
    next = typeof goOn === 'number' ? String(goOn) : (goOn as string); // else a text
  }
};

beforeAll(async () => {
  side = await startReadSide();
  keyId = await side.studio.keys.reserve();
  ada = newStory(keyId);
  await side.auth.accounts.reserve('ada@example.org', ada.userId as UserId); // invented by the story
  ({ token } = await side.signIn(ada));
  for (let index = 0; index < 12; index += 1) {
    const story = newStory(keyId);
    runs.push(story);
    await runAt(story, began + index * hour);
  }
  const made = fact(ada, workflowCreated(ada));
  const last = { eventId: idAt(began + 12 * hour), occurredAt: timeOf(began + 12 * hour) };
  await side.studio.log.append(
    workflowStream(ada.workflowId),
    'no_stream',
    [{ ...made, eventId: last.eventId, metadata: { ...made.metadata, ...last } }],
    {},
  );
});
afterAll(() => side.stop());

it.each([
  'streams',
  'streams/user-1',
  'events',
  'events/x/causality',
  'subscriptions',
  'executors',
])('shows %s to administrators alone', async (path) => {
  const grace = newStory(keyId);
  await side.auth.accounts.reserve('grace@example.org', grace.userId as UserId); // invented by the story
  const stranger = await side.signIn(grace);
  expect(await get(path, stranger.token)).toMatchObject({
    ...{ status: 403, body: { code: 'auth.not_allowed' } },
  });
  expect(await get(path, null)).toMatchObject({ status: 401 });
});

describe('streams', () => {
  it('come by name, in pages, both ways', async () => {
    const forwards = await everything('streams?limit=5', 'after');
    const names = forwards.map(({ stream }) => String(stream));
    expect(names).toHaveLength(13);
    expect(names).toEqual(names.toSorted());
    const backwards = await everything('streams?limit=5&backwards=true', 'after');
    expect(backwards.map(({ stream }) => stream)).toEqual(names.toReversed());
  });

  it('are found by category and by the beginning of their name', async () => {
    const { items } = await ok('streams?category=workflow');
    expect(items).toEqual([
      {
        ...{ stream: `workflow-${ada.workflowId}`, category: 'workflow', revision: 0 },
        ...{ created_at: timeOf(began + 12 * hour), updated_at: timeOf(began + 12 * hour) },
        first_position: expect.stringMatching(/:73$/),
        last_position: expect.stringMatching(/:73$/),
      },
    ]);
    const stream = `execution-${runs[3]?.executionId ?? ''}`;
    expect((await ok(`streams?prefix=${stream}`)).items).toMatchObject([{ stream, revision: 5 }]);
    expect((await ok(`streams?prefix=execution-&category=workflow`)).items).toEqual([]);
  });

  it('are read both ways, with their envelopes', async () => {
    const stream = `execution-${runs[0]?.executionId ?? ''}`;
    const revisions = async (query: string) =>
      (await everything(`streams/${stream}?${query}`, 'from')).map(({ revision }) => revision);
    expect(await revisions('limit=4')).toEqual([0, 1, 2, 3, 4, 5]);
    expect(await revisions('limit=4&backwards=true')).toEqual([5, 4, 3, 2, 1, 0]);
    const { items } = await ok(`streams/${stream}?from=1&limit=1`);
    expect(items).toMatchObject([
      {
        ...{ type: 'NodeStarted', stream, revision: 1 },
        metadata: { correlationId: runs[0]?.executionId, actor: { kind: 'executor' } },
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ]);
    expect(await ok(`streams/${stream}?from=9`)).toMatchObject({ items: [], next: null });
  });

  it.each(['execution-nobody', 'nothing', 'planet-1', '%00'])('does not know %s', async (name) => {
    expect(await get(`streams/${name}`)).toMatchObject({ status: 404 });
  });
});

it('keeps sealed what people put in', async () => {
  const stream = `execution-${runs[0]?.executionId ?? ''}`;
  const [first] = (await ok(`streams/${stream}`)).items;
  expect(first?.data['trigger']).toEqual({ $sealed: { key: keyId } });
  const all = JSON.stringify(await ok('events?limit=1000'));
  expect(all).not.toMatch(/Ada|"text":|"iv":/);
});

describe('events', () => {
  const positions = (items: readonly Answer['body'][]) =>
    items.map(({ position }) => Number(position.split(':')[1]));
  const every = Array.from({ length: 73 }, (_, index) => index + 1);

  it('come each once, in pages, both ways', async () => {
    expect(positions(await everything('events?limit=10', 'after'))).toEqual(every);
    expect(positions(await everything('events?limit=10&backwards=true', 'after'))).toEqual(
      every.toReversed(),
    );
  });

  it('are found by category, type, actor and correlation', async () => {
    const count = async (query: string) =>
      (await everything(`events?limit=7&${query}`, 'after')).length;
    for (const way of ['', '&backwards=true']) {
      expect(await count(`category=workflow${way}`)).toBe(1);
      expect(await count(`type=WorkflowCompleted${way}`)).toBe(12);
      expect(await count(`actor=executor${way}`)).toBe(60);
      expect(await count(`actor=${runs[2]?.userId ?? ''}${way}`)).toBe(1);
      expect(await count(`correlation=${runs[4]?.executionId ?? ''}${way}`)).toBe(6);
      expect(await count(`correlation=nobody${way}`)).toBe(0);
    }
  });

  it('are found by their time', async () => {
    const from = timeOf(began + 3 * hour + 2_000);
    const to = timeOf(began + 6 * hour + 1_000);
    for (const way of ['', '&backwards=true']) {
      const found = await everything(`events?limit=7&from=${from}&to=${to}${way}`, 'after');
      expect(positions(found).toSorted((a, b) => a - b)).toEqual(every.slice(20, 38));
      expect(await everything(`events?from=2027-01-01T00:00:00Z${way}`, 'after')).toEqual([]);
      expect(await everything(`events?to=2025-01-01T00:00:00Z${way}`, 'after')).toEqual([]);
    }
  });

  it('refuses what it cannot take', async () => {
    const { next } = await ok('events?limit=1');
    const store = String(next).split(':')[0] ?? '';
    for (const [query, status] of [
      [`after=${store}:999999`, 410],
      ['after=elsewhere:1', 410],
      ['after=1', 422],
      ['from=yesterday', 422],
      ['limit=0', 422],
      ['category=planet', 422],
      ['backwards=perhaps', 422],
    ] as const)
      expect([query, (await get(`events?${query}`)).status]).toEqual([query, status]);
  });
});

describe('causality', () => {
  it('tells the chain of causes and the tree of effects', async () => {
    const story = newStory(keyId);
    const events = await runAt(story, began + 20 * hour, 'chained');
    const other = newStory(keyId);
    const cause = { causationId: events[2]?.eventId ?? '', correlationId: story.executionId };
    const made = fact(other, workflowCreated(other));
    const caused = {
      ...made,
      eventId: idAt(began + 21 * hour),
      metadata: { ...made.metadata, ...cause },
    };
    await side.studio.log.append(workflowStream(other.workflowId), 'no_stream', [caused], {});

    const { body } = await get(`events/${events[2]?.eventId ?? ''}/causality`);
    expect(body).toMatchObject({
      event: { eventId: events[2]?.eventId, revision: 2, distance: 0 },
      ...{ origin: story.executionId, correlation_id: story.executionId, truncated: false },
      causes: [
        { type: 'WorkflowStarted', distance: 2, actor: { kind: 'user' } },
        { type: 'NodeStarted', distance: 1, caused_by: events[0]?.eventId },
      ],
      effects: [
        { revision: 3, distance: 1, caused_by: events[2]?.eventId },
        { revision: 4, distance: 2 },
        { revision: 5, distance: 3, type: 'WorkflowCompleted' },
        { type: 'WorkflowCreated', distance: 1, stream: `workflow-${other.workflowId}` },
      ],
    });
  });

  it('knows no event that is not there', async () => {
    for (const [id, status] of [
      [idAt(began + 30 * hour), 404],
      [idAt(began), 404],
      ['x', 422],
    ] as const)
      expect((await get(`events/${id}/causality`)).status).toBe(status);
  });
});

describe('subscriptions', () => {
  it('tell where each subscriber is', async () => {
    await side.projectors.waitFor('streams', await side.studio.log.lastPosition(), 60_000);
    const isLevel = ({ items }: Answer['body']) => items.every(({ state }) => state === 'level');
    let told = await ok('subscriptions');
    const deadline = performance.now() + 60_000; // rows are written a moment before the next are asked for
    while (!isLevel(told) && performance.now() < deadline) told = await ok('subscriptions');
    const { items, ...rest } = told;
    expect(rest['log_end']).toMatch(/:\d+$/);
    expect(items).toContainEqual({
      ...{ subscriber: 'projection streams v1', role: 'test', state: 'level', lag_events: 0 },
      ...{ lag_ms: 0, parked_streams: 0, position: rest['log_end'] },
      ...{ process: expect.any(String), silent_ms: expect.any(Number) },
    });
  });

  it('tell how far behind one is, and which process has fallen silent', async () => {
    await side.studio.pool.query(
      `insert into engine.subscribers values
       (gen_random_uuid(), 'executor', 'executor', 70, now()),
       (gen_random_uuid(), 'executor', 'engine index', 73, now() - interval '1 minute')`,
    );
    const { items, log_end } = await ok('subscriptions');
    const end = Number(String(log_end).split(':')[1]);
    expect(items).toContainEqual(
      expect.objectContaining({
        ...{ subscriber: 'executor', state: 'behind', lag_events: end - 70 },
      }),
    );
    const executor = items.find(({ subscriber }) => subscriber === 'executor');
    expect(executor?.['lag_ms']).toBeGreaterThan(0);
    expect(items).toContainEqual(
      expect.objectContaining({ subscriber: 'engine index', state: 'silent' }),
    );
  });

  it('tell of a projection that nobody keeps', async () => {
    await side.projectors.stop();
    const { items } = await ok('subscriptions');
    expect(items.filter(({ state }) => state === 'stopped')).toMatchObject([
      { subscriber: expect.stringContaining('executions'), process: null, parked_streams: 0 },
      { subscriber: expect.stringContaining('pending_approvals') },
      { subscriber: expect.stringContaining('run_retention') },
      { subscriber: expect.stringContaining('streams') },
      { subscriber: expect.stringContaining('workflows') },
    ]);
  });
});
