import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type ExecutionEvent, type KeyId, namesOfRun, type RunNames } from '@studio/contracts';
import { nameHash } from '@studio/infra';

import {
  chain,
  newStory,
  type Story,
  workflowCompleted,
  workflowStarted,
} from '../fixtures/facts.ts';
import { type ReadSide, startReadSide } from '../fixtures/readSide.ts';

let side: ReadSide;
let owner: Story;
let token: string;

const owned = async (): Promise<Story> => ({
  ...newStory(await side.studio.keys.reserve()),
  userId: owner.userId,
  workspaceId: owner.workspaceId,
});

const startedAs = (story: Story, names: RunNames): ExecutionEvent => {
  const started = workflowStarted(story, chain('a'));
  const hashes = namesOfRun(names).map((name) =>
    nameHash(side.auth.nameHmac, story.workspaceId, name),
  );
  return { ...started, data: { ...started.data, named: { names, hashes } } } as ExecutionEvent; // still a start
};

const began = async (names: Partial<RunNames>, story?: Story): Promise<Story> => {
  const run = story ?? (await owned());
  const whole = { businessKey: null, tags: [], labels: {}, ...names };
  await side.studio.happened(run, startedAs(run, whole), workflowCompleted());
  return run;
};

const level = async (): Promise<void> => {
  await side.projectors.waitFor('executions', await side.studio.log.lastPosition(), 60_000);
};

const list = async (query: string) => {
  await level();
  return side.get(token, `/api/v1/executions?${query}`);
};
const found = async (query: string): Promise<unknown[]> =>
  (await list(query)).body.items.map(({ id }) => id);

beforeAll(async () => {
  side = await startReadSide();
  owner = newStory('' as KeyId); // its own run never comes to be
  ({ token } = await side.signIn(owner));
});
afterAll(() => side.stop());

it('finds runs by business key, tags and labels, each of which must match', async () => {
  const first = await began({
    ...{ businessKey: 'order-17', tags: ['eu', 'urgent'], labels: { customer: 'acme: one' } },
  });
  const second = await began({ businessKey: 'order-17', tags: ['eu'] });
  const third = await began({ tags: ['urgent'], labels: { customer: 'other' } });
  expect(await found('business_key=order-17')).toEqual([second.executionId, first.executionId]);
  expect(await found('tag=EU%20')).toEqual([second.executionId, first.executionId]);
  expect(await found('tag=eu&tag=urgent')).toEqual([first.executionId]);
  expect(await found('label=customer:acme%3A%20one')).toEqual([first.executionId]);
  expect(await found('label=customer:other&tag=urgent')).toEqual([third.executionId]);
  expect(await found('label=customer:other&tag=eu')).toEqual([]);
  expect(await found('business_key=order-17&status=failed')).toEqual([]);
  expect((await list('business_key=order-17&tag=urgent')).body.items).toMatchObject([
    { business_key: 'order-17', tags: ['eu', 'urgent'], labels: { customer: 'acme: one' } },
  ]);
});

it('shows nobody the runs of another workspace', async () => {
  const other = newStory(await side.studio.keys.reserve());
  await began({ businessKey: 'only-theirs' }, other);
  expect(await found('business_key=only-theirs')).toEqual([]);
  const theirs = await side.signIn(other);
  const answer = await side.get(theirs.token, '/api/v1/executions?business_key=only-theirs');
  expect(answer.body.items).toMatchObject([{ id: other.executionId }]);
});

it('pages through what was found, and counts it', async () => {
  const runs: string[] = [];
  for (let run = 0; run < 5; run += 1) runs.unshift((await began({ tags: ['many'] })).executionId);
  const pages = [];
  for (const offset of [0, 2, 4]) pages.push(await list(`tag=many&limit=2&offset=${offset}`));
  expect(pages.map(({ body }) => body['total'])).toEqual([5, 5, 5]);
  expect(pages.flatMap(({ body }) => body.items.map(({ id }) => id))).toEqual(runs);
});

it('keeps no name in the open, and none at all once the run is forgotten', async () => {
  const run = await began({ businessKey: 'secret-matter', tags: ['private'] });
  await level();
  const rows = async () => {
    const { pool } = side.studio;
    const stored = await pool.query<{ names: string | null; hash: string | null }>(
      `select names, hash from read.executions join read.execution_names on execution_id = id
       where id = $1`,
      [run.executionId],
    );
    return stored.rows;
  };
  const before = await rows();
  expect(before).toHaveLength(2);
  const log = await side.studio.pool.query<{ data: string }>(
    'select data from log.events where stream = $1',
    [`execution-${run.executionId}`],
  );
  expect(JSON.stringify([before, log.rows])).not.toMatch(/secret-matter|private/);

  await side.studio.keys.forget(run.keyId);
  const { executionId, keyId } = run;
  await side.studio.happened(run, { type: 'DataErased', data: { executionId, keyId } });
  expect(await found('business_key=secret-matter')).toEqual([]);
  expect(await rows()).toEqual([
    { names: null, hash: null },
    { names: null, hash: null },
  ]);
  const { body } = await side.get(token, `/api/v1/executions/${executionId}`);
  expect(body).toMatchObject({ business_key: null, tags: [], labels: {}, erased: true });
});

it.each([
  ['label=nocolon', 'label'],
  ['label=key:', 'label'],
  ['label=b%C3%A4r:1', 'label'],
  ['tag=%20', 'tag'],
  ['business_key=', 'business_key'],
  [Array.from({ length: 21 }, (_, at) => `tag=t${at}`).join('&'), 'tag'],
])('refuses the filter %s', async (query, field) => {
  const { status, body } = await list(query);
  expect(status).toBe(422);
  expect(JSON.stringify(body['detail'])).toContain(field);
});
