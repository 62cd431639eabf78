import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Assignee, ExecutionEvent } from '@studio/contracts';

import { chain, newStory, type Story, workflowStarted } from '../fixtures/facts.ts';
import { type ReadSide, startReadSide } from '../fixtures/readSide.ts';

let side: ReadSide;
let story: Story;
let token: string;
beforeAll(async () => {
  side = await startReadSide();
  story = newStory(await side.studio.keys.reserve());
  ({ token } = await side.signIn(story));
});
afterAll(() => side.stop());

type Request = Extract<ExecutionEvent, { type: 'ApprovalRequested' }>['data'];
const place = { nodeId: 'ask', instanceId: 'ask' };
const asks = (title: string, assignee: Assignee, dueAt: string | null): ExecutionEvent => {
  const deadline: Request['deadline'] =
    dueAt === null
      ? null
      : {
          ...{ dueAt, then: 'fail', escalateTo: [], escalationMs: 1_000 },
        };
  return {
    type: 'ApprovalRequested',
    data: {
      ...{ ...place, attempt: 1, generation: 0, title, message: 'Please', payload: { of: title } },
      ...{ seenHash: `hash of ${title}`, assignees: [assignee], quorum: 1, rejections: 1 },
      ...{ editable: false, deadline },
    },
  };
};
const me = (): Assignee => ({ kind: 'user', userId: story.userId });
const editors: Assignee = { kind: 'role', role: 'editor' };
const another = (workspaceId = story.workspaceId): Story => {
  const { keyId, userId } = story;
  return { ...newStory(keyId), userId, workspaceId };
};
const asked = async (run: Story, ...events: readonly ExecutionEvent[]): Promise<string> => {
  await side.studio.happened(run, workflowStarted(run, chain('ask')), ...events);
  return `${run.executionId}.1`;
};
const inbox = async (query = '') => {
  const end = await side.studio.log.lastPosition();
  await side.projectors.waitFor('pending_approvals', end, 60_000);
  const { status, body } = await side.get(token, `/api/v1/approvals${query}`);
  expect(status).toBe(200);
  return body;
};
const titles = async () => (await inbox()).items.map((item) => item['title']);
const answered = (type: 'ApprovalGranted' | 'ApprovalRejected'): ExecutionEvent => ({
  type,
  data: {
    ...{ ...place, requestedAt: 1, by: { userId: story.userId, via: 'session' } },
    ...{ comment: 'Said', seenHash: 'hash' },
  },
});

it('shows what I am asked, by name and by role, the soonest deadline first, in pages', async () => {
  const abroad = newStory(story.keyId).workspaceId;
  await asked(another(), asks('never', me(), null));
  const late = await asked(another(), asks('late', editors, '2031-01-02T00:00:00.000Z'));
  await asked(another(abroad), asks('soon', me(), '2031-01-01T00:00:00.000Z'));
  await asked(another(abroad), asks('not for me', editors, '2030-01-01T00:00:00.000Z'));
  expect(await titles()).toEqual(['soon', 'late', 'never']);
  const page = await inbox('?limit=1&offset=1');
  expect(page).toMatchObject({ total: 3, limit: 1, offset: 1 });
  expect(page.items).toEqual([
    {
      ...{ id: late, execution_id: late.split('.')[0], workspace_id: story.workspaceId },
      ...{ node_id: 'ask', instance_id: 'ask', title: 'late', message: 'Please' },
      ...{ payload: { of: 'late' }, seen_hash: 'hash of late', editable: false },
      ...{ quorum: 1, rejection_quorum: 1, deadline: '2031-01-02T00:00:00.000Z' },
      requested_at: expect.stringMatching(/Z$/),
    },
  ]);
});

it('shows it until it is decided, or its run is over; a run that is retried asks again', async () => {
  const before = await titles();
  const [granted, failed] = [another(), another()];
  await asked(granted, asks('granted', me(), null));
  await asked(failed, asks('failed', me(), null));
  expect(await titles()).toEqual([...before, 'granted', 'failed']);
  await side.studio.happened(granted, answered('ApprovalGranted'));
  await side.studio.happened(failed, {
    type: 'WorkflowFailed',
    data: { instanceId: null, code: 'http.status', message: 'no' },
  });
  expect(await titles()).toEqual(before);
  await side.studio.happened(failed, {
    type: 'WorkflowRetried',
    data: { retry: 1, reopened: [], inDoubt: [] },
  });
  expect(await titles()).toEqual([...before, 'failed']);
});

it('shows it no more once the run has gone back', async () => {
  const before = await titles();
  const run = another();
  await asked(run, asks('stiff', me(), null));
  expect(await titles()).toEqual([...before, 'stiff']);
  await side.studio.happened(run, {
    type: 'WorkflowRewound',
    data: {
      ...{ rewind: 1, toNode: 'ask', reason: null, nodeIds: ['ask'], withdrawn: [1] },
      anew: [{ attempt: 2, generation: 1, nodeIds: ['ask'] }],
      ...{ completed: 0, failed: 0, unfinished: [], calledOff: [], children: [] },
    },
  });
  expect(await titles()).toEqual(before);
});

it('gives whoever was asked links of their own, while it is pending, and shows what they answer', async () => {
  const run = { ...another(), keyId: await side.studio.keys.reserve() };
  const id = await asked(run, asks('<b>one</b>', editors, '2031-01-01T00:00:00.000Z'));
  const linksOf = async (of: string) => (await side.get(token, `/api/v1/approvals/${of}`)).body;
  const { links } = (await linksOf(id)) as unknown as { links: Record<string, string> };
  expect(Object.keys(links)).toEqual(['approve', 'reject']);
  for (const path of Object.values(links)) {
    const page = await fetch(`${side.origin}${path}`);
    expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const html = await page.text();
    expect(html).toContain('&lt;b&gt;one&lt;/b&gt;');
    expect(html).toContain('action="?seen=hash of &lt;b&gt;one&lt;/b&gt;"');
  }
  const path = links['approve'] ?? '';
  const tampered = `${path.slice(0, -1)}${path.endsWith('A') ? 'B' : 'A'}`;
  expect((await fetch(`${side.origin}${tampered}`)).status).toBe(404);
  await side.studio.happened(run, { type: 'WorkflowCancelled', data: { reason: null } });
  expect(await linksOf(id)).not.toHaveProperty('links');
  expect((await fetch(`${side.origin}${path}`)).status).toBe(410);

  const others = await asked(another(), asks('two', { kind: 'user', userId: 'else' }, null));
  expect(await linksOf(others)).not.toHaveProperty('links');
  const passed = await asked(another(), asks('late', me(), '2020-01-01T00:00:00.000Z'));
  expect(await linksOf(passed)).not.toHaveProperty('links');
});

it('shows one with its answers, to members and to those who were asked, and to nobody else', async () => {
  const abroad = newStory(story.keyId).workspaceId;
  const run = another(abroad);
  const id = await asked(run, asks('one', me(), null));
  await side.studio.happened(run, answered('ApprovalRejected'));
  const { status, body } = await side.get(token, `/api/v1/approvals/${id}`);
  expect([status, body]).toMatchObject([
    200,
    {
      ...{ id, status: 'rejected', title: 'one', assignees: [{ user_id: story.userId }] },
      answers: [{ user_id: story.userId, via: 'session', decision: 'reject', comment: 'Said' }],
    },
  ]);
  const hidden = await asked(another(abroad), asks('hidden', editors, null));
  for (const unknown of [hidden, `${run.executionId}.0`, `${run.executionId}.9`]) {
    const { status: refused, body: problem } = await side.get(
      token,
      `/api/v1/approvals/${unknown}`,
    );
    expect([refused, problem['code']]).toEqual([404, 'approval.not_found']);
  }
  expect((await side.get(token, '/api/v1/approvals/nonsense')).status).toBe(422);
});
