import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Pool } from 'pg';

import { createStudio, type Person, signIn, type StudioProcess } from '../fixtures/studio.ts';
import { until } from '../http/until.ts';
import { canvasNode, chain, edge, save } from './canvas.ts';

let studio: StudioProcess;
let pool: Pool;
let person: Person;

const connect = () => {
  pool = new Pool({ connectionString: studio.databaseUrl() });
  pool.on('error', () => undefined); // its server may be killed
};
beforeAll(async () => {
  studio = await createStudio({ ownPostgres: true });
  await studio.start();
  person = await signIn(studio, 'ada@example.org');
  connect();
});
afterAll(async () => {
  await pool.end();
  await studio.remove();
});

interface Fact {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the test knows a fact by its type
  readonly data: any;
}
const facts = async (type: string, workflowId: string): Promise<Fact['data'][]> => {
  const { rows } = await pool.query<{ data: string }>(
    'select data from log.events where type = $1 order by position',
    [type],
  );
  return rows
    .map(({ data }): Fact['data'] => JSON.parse(data))
    .filter((data) => data.workflowId === workflowId);
};
const started = (workflowId: string) => facts('WorkflowStarted', workflowId);
const dues = async (workflowId: string): Promise<number[]> =>
  (await started(workflowId)).map(({ firedBy }) => Date.parse(firedBy.dueAt));

const publish = (id: string) =>
  person.call('PATCH', `/workflows/${id}/status`, { status: 'published' });
const scheduled = async (config: object, ...then: ReturnType<typeof canvasNode>[]) => {
  const work = then.length > 0 ? then : [canvasNode('work', 'noop')];
  const id = await save(person, chain(canvasNode('begin', 'schedule-trigger', config), ...work));
  expect((await publish(id)).status).toBe(200);
  return id;
};
const disable = (id: string) => person.call('PUT', `/workflows/${id}/schedule`, { enabled: false });
const fired = (id: string, times: number) => until(async () => (await started(id)).length >= times);

/** As after a clock that was set forward, or a time without a studio. */
const letBeDueSince = async (workflowId: string, minutes: number): Promise<void> => {
  await until(async () => {
    const { rowCount } = await pool.query(
      `update engine.schedules set due_at = date_trunc('minute', clock_timestamp()) - make_interval(mins => $2)
        where workflow_id = $1`,
      [workflowId, minutes],
    );
    return rowCount === 1;
  });
};

describe('a schedule', () => {
  it('starts each of its firings once, also those that came while the studio was killed', async () => {
    const id = await scheduled({ everyMs: 1_000 });
    await fired(id, 2);
    await studio.kill();
    await pool.end();
    await new Promise((resolve) => setTimeout(resolve, 3_000)); // firings come and nobody is there
    await studio.start();
    connect();
    const before = (await started(id)).length;
    await fired(id, before + 2);
    await disable(id);
    const times = await dues(id);
    const [first = 0] = times;
    expect([...times].sort()).toEqual(times.map((_, index) => first + index * 1_000));
    const [run] = (await person.call('GET', `/executions?workflow_id=${id}&limit=1`)).body.items;
    expect(run).toMatchObject({ trigger_type: 'scheduled', workflow_version: 1 });
    expect(run.trigger_data).toMatchObject({ node_id: 'begin', scheduled_at: expect.any(String) });
  });

  it('starts the published version, whatever was saved since, and none while it is disabled', async () => {
    const id = await scheduled({ everyMs: 1_000 });
    await person.call('PUT', `/workflows/${id}`, { name: 'Draft' });
    await fired(id, 1);
    const off = await disable(id);
    expect([off.status, off.body.enabled, off.body.schedules]).toEqual([200, false, []]);
    const count: number = (await started(id)).length;
    const on = await person.call('PUT', `/workflows/${id}/schedule`, { enabled: true });
    expect(on.body).toMatchObject({ enabled: true, published_version: 1 });
    expect(on.body.schedules[0].next).toHaveLength(5);
    await fired(id, count + 1);
    await person.call('PATCH', `/workflows/${id}/status`, { status: 'archived' });
    const runs = await started(id);
    expect(new Set(runs.map(({ workflowVersion }) => workflowVersion))).toEqual(new Set([1]));
    const { body } = await person.call('GET', `/workflows/${id}/schedule`);
    expect(body).toMatchObject({ published_version: null, schedules: [] });
  });

  it('begins at its own trigger, and passes the others by', async () => {
    const id = await save(person, {
      nodes: [
        canvasNode('often', 'schedule-trigger', { everyMs: 1_000 }),
        canvasNode('seldom', 'schedule-trigger', { cron: '0 0 1 1 *' }),
        ...['a', 'b'].map((each) => canvasNode(each, 'noop')),
      ],
      connections: [edge('often', 'a'), edge('seldom', 'b')],
    });
    await publish(id);
    await fired(id, 1);
    await disable(id);
    const [first] = await started(id);
    let nodes: { node_id: string; status: string }[] = [];
    await until(async () => {
      const { body } = await person.call('GET', `/executions/${first.executionId}`);
      nodes = body.node_executions;
      return body.status === 'completed';
    });
    expect(Object.fromEntries(nodes.map(({ node_id, status }) => [node_id, status]))).toEqual({
      ...{ often: 'completed', a: 'completed', seldom: 'skipped', b: 'skipped' },
    });
  });

  it.each([
    [{ cron: 'whenever' }, 'whenever'],
    [{ cron: '* * * * *', timezone: 'Mars/Olympus' }, 'Mars'],
    [{ cron: '0 0 30 2 *' }, 'never due'],
    [{}, 'exactly one of cron and everyMs'],
    [{ everyMs: 10 }, 'everyMs'],
  ])('that cannot be kept is not published: %j', async (config, why) => {
    const id = await save(person, chain(canvasNode('begin', 'schedule-trigger', config)));
    const checked = await person.call('POST', `/workflows/${id}/validate`);
    expect(checked.body.warnings.join()).toContain(`'begin' cannot be kept`);
    const { status, body } = await publish(id);
    expect([status, body.code]).toEqual([400, 'schedule.invalid']);
    expect(body.detail).toContain(`'begin'`);
    expect(body.detail.toLowerCase()).toContain(why.toLowerCase());
    expect(await facts('ScheduleSet', id)).toEqual([]);
  });
});

describe('firings that were missed', () => {
  it.each([
    ['skip', 0, 9],
    ['one', 1, 9],
    ['all', 10, 0],
  ] as const)('%s', async (catchUp, runs, skipped) => {
    const id = await scheduled({ cron: '* * * * *', catchUp });
    await letBeDueSince(id, 10);
    await until(async () => {
      const skips = await facts('ScheduleFiringsSkipped', id);
      return skips.length >= (skipped > 0 ? 1 : 0) && (await started(id)).length >= runs;
    });
    await disable(id);
    const skips = await facts('ScheduleFiringsSkipped', id);
    expect(skips.every(({ reason }) => reason === 'missed')).toBe(true);
    const left = skips.reduce<number>((sum, { count }) => sum + Number(count), 0);
    // A minute may begin while the test looks, and that firing is on time.
    expect(left).toBeGreaterThanOrEqual(skipped);
    expect(left).toBeLessThanOrEqual(skipped + 2);
    const times = await dues(id);
    expect(times.length).toBeGreaterThanOrEqual(runs);
    expect(times.length).toBeLessThanOrEqual(runs + 2);
    expect(new Set(times).size).toBe(times.length);
  });
});

describe('a firing while a run of the one before goes on', () => {
  const slow = (durationMs: number) => canvasNode('wait', 'delay', { durationMs });
  const anHourMs = 3_600_000;

  it('is left out', async () => {
    const id = await scheduled({ everyMs: 1_000, overlap: 'skip' }, slow(anHourMs));
    await until(async () => (await facts('ScheduleFiringsSkipped', id)).length > 0);
    const [open] = await started(id);
    await person.call('POST', `/executions/${open.executionId}/cancel`);
    await fired(id, 2);
    await disable(id);
    const skips = await facts('ScheduleFiringsSkipped', id);
    expect(skips.every(({ reason }) => reason === 'overlap')).toBe(true);
    const [one = 0, two = 0] = await dues(id);
    expect(two - one).toBeGreaterThanOrEqual(2_000);
  });

  it('is left out where the workflow lets one run be open, and the reason is told', async () => {
    const begin = canvasNode('begin', 'schedule-trigger', { everyMs: 1_000 });
    const settings = { limits: [{ most: 1, whenTaken: 'skip' }] };
    const id = await save(person, { ...chain(begin, slow(anHourMs)), settings });
    expect((await publish(id)).status).toBe(200);
    await until(async () => (await facts('ScheduleFiringsSkipped', id)).length >= 2);
    await disable(id);
    const [skipped] = await facts('ScheduleFiringsSkipped', id);
    expect(skipped).toMatchObject({ reason: 'refused', code: 'execution.place_taken' });
    expect(await started(id)).toHaveLength(1);
  });

  it('waits for its end, and none is left out', async () => {
    const id = await scheduled({ everyMs: 1_000, overlap: 'queue' }, slow(2_500));
    await fired(id, 3);
    await disable(id);
    const [one = 0, two = 0, three = 0] = await dues(id);
    expect([two - one, three - two]).toEqual([1_000, 1_000]);
    expect(await facts('ScheduleFiringsSkipped', id)).toEqual([]);
    const { rows } = await pool.query<{ type: string }>(
      `select type from log.events where stream = any($1)
          and type in ('WorkflowStarted', 'WorkflowCompleted') order by position limit 4`,
      [(await started(id)).map(({ executionId }) => `execution-${executionId}`)],
    );
    const pair = ['WorkflowStarted', 'WorkflowCompleted'];
    expect(rows.map(({ type }) => type)).toEqual([...pair, ...pair]);
  });

  it('calls it off', async () => {
    const id = await scheduled({ everyMs: 1_000, overlap: 'cancel_previous' }, slow(anHourMs));
    await fired(id, 2);
    await disable(id);
    const [first] = await started(id);
    const { body } = await person.call('GET', `/executions/${first.executionId}`);
    expect([body.status, body.execution_log.at(-1).message]).toEqual([
      'cancelled',
      expect.stringContaining('next firing'),
    ]);
  });
});
