import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { canvasNode, chain, ended, save, start } from '../e2e/canvas.ts';
import { createStudio, type Person, signIn, type StudioProcess } from '../fixtures/studio.ts';
import { until } from './until.ts';

let studio: StudioProcess;
let person: Person;
beforeAll(async () => {
  studio = await createStudio();
  await studio.start();
  person = await signIn(studio, 'metrics@example.com');
  const workflow = chain(
    canvasNode('begin', 'manual-trigger'),
    canvasNode('one', 'noop'),
    canvasNode('two', 'noop'),
    canvasNode('agent', 'claude-agent', { prompt: 'Hello' }),
  );
  const id = await save(person, workflow);
  for (let count = 0; count < 2; count += 1)
    expect((await ended(person, await start(person, id))).status).toBe('completed');
  const failing = chain(canvasNode('fail', 'transform', { expression: '$error("no")' }));
  expect((await ended(person, await start(person, await save(person, failing)))).status).toBe(
    'failed',
  );
});
afterAll(() => studio.remove());

const scrape = (headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${studio.origin()}/metrics`, { headers });

/** The value of the one sample that reads so; NaN when there is none. */
const sample = (text: string, name: string): number => {
  const line = text.split('\n').find((each) => each.startsWith(`${name} `));
  return Number(line?.slice(name.length + 1) ?? Number.NaN);
};

describe('/metrics', () => {
  it('tells of runs, nodes, models, requests, the log, read models, connections and the process', async () => {
    const answer = await scrape();
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    let text = '';
    const runs = (status: string) => sample(text, `workflow_executions_total{status="${status}"}`);
    // What was appended is counted once its answer has come back, and others may read it before that.
    await until(async () => {
      text = await (await scrape()).text();
      return runs('completed') + runs('failed') === 3;
    });
    expect([runs('started'), runs('completed'), runs('failed')]).toEqual([3, 2, 1]);
    const nodes = (kind: string, status: string) =>
      sample(text, `workflow_node_executions_total{kind="${kind}@1",status="${status}"}`);
    expect([nodes('noop', 'started'), nodes('noop', 'completed')]).toEqual([4, 4]);
    expect(nodes('transform', 'failed')).toBe(1);
    expect(sample(text, 'workflow_execution_duration_seconds_count{status="completed"}')).toBe(2);
    expect(text).toMatch(/^ai_api_calls_total\{model="[^"]+",simulated="true"\} 2$/m);
    expect(text).toMatch(/^ai_tokens_consumed_total\{.*direction="output"\} \d+$/m);
    const started = `method="POST",route="/api/v1/executions"`;
    expect(sample(text, `http_requests_total{${started},status="202"}`)).toBe(3);
    expect(sample(text, `http_request_duration_seconds_count{${started}}`)).toBe(3);
    expect(sample(text, 'log_append_duration_seconds_count')).toBeGreaterThan(5);
    expect(sample(text, 'log_position')).toBeGreaterThan(10);
    for (const projection of ['workflows', 'executions'])
      expect(sample(text, `projection_lag_seconds{projection="${projection}"}`)).toBeLessThan(60);
    expect(sample(text, 'db_connections_max{pool="state"}')).toBeGreaterThan(0);
    expect(sample(text, 'process_resident_memory_bytes')).toBeGreaterThan(1e7);
    expect(sample(text, 'websocket_connections')).toBe(0);
  });

  it('counts how runs stand once the read models know', async () => {
    const known = 'workflow_execution_status{status="completed"}';
    await until(async () => sample(await (await scrape()).text(), known) === 2);
  });

  it('has no label that a client makes up, nor any that names a thing', async () => {
    await fetch(`${studio.origin()}/made/up/path?x=1`);
    await fetch(`${studio.origin()}/made/up/path`, { method: 'REPORT' });
    await person.call('GET', '/executions/01a20885-762b-7000-8000-01033061433a');
    const text = await (await scrape()).text();
    expect(text).toContain('http_requests_total{method="GET",route="unmatched",status="404"}');
    expect(text).toContain('http_requests_total{method="OTHER",route="unmatched",status="404"}');
    expect(text).toContain('route="/api/v1/executions/:id",status="404"');
    expect(text).not.toContain('made/up');
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
  });

  it('is for this machine alone unless there is a token', async () => {
    for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip']) {
      const refused = await scrape({ [name]: 'for=192.0.2.1' });
      expect(refused.status).toBe(403);
      expect(await refused.json()).toMatchObject({ code: 'auth.not_allowed' });
    }
  });

  it('is for whoever shows the token once there is one', async () => {
    await studio.stop();
    await studio.start({ METRICS_TOKEN: 'a-token-that-is-long' });
    const refused = await scrape();
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect((await scrape({ authorization: 'Bearer a-token-that-is-lonf' })).status).toBe(401);
    const headers = {
      authorization: 'Bearer a-token-that-is-long',
      'x-forwarded-for': '192.0.2.1',
    };
    expect((await scrape(headers)).status).toBe(200);
  });
});
