import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { createStudio, type Person, signIn, type StudioProcess } from '../fixtures/studio.ts';
import { canvasNode, chain, edge, ended, save, start } from './canvas.ts';
import { type Refusals, told, watchRefusals } from './refusals.ts';

let studio: StudioProcess;
let person: Person;
let refusals: Refusals;
let workflowId: string;
let runId: string;

beforeAll(async () => {
  studio = await createStudio();
  await studio.start();
  person = await signIn(studio, 'ada@example.org');
  refusals = await watchRefusals(studio);
  workflowId = await save(person, chain(canvasNode('begin', 'manual-trigger')));
  runId = await start(person, workflowId);
  await ended(person, runId);
});
afterAll(async () => {
  await refusals.close();
  await studio.remove();
});

const bearer = () => ({ authorization: `Bearer ${person.token}` });
const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  refusals.ask(method, path, {
    headers: { ...bearer(), ...headers },
    ...(body === undefined ? {} : { body }),
  });
const refused = (...request: Parameters<typeof ask>) =>
  refusals.storingNothing(async () => told(await ask(...request)));
/** What starting a workflow that could be saved is answered. */
const refusedAtStart = async (workflow: object) => {
  const id = await save(person, workflow);
  const newWay = await refused('POST', '/executions', { workflow_id: id });
  expect(await refused('POST', `/workflows/${id}/executions`, {})).toEqual(newWay);
  return newWay;
};

describe('a workflow that cannot run', () => {
  it('is saved with a warning when a kind is unknown, and refused by its node when started', async () => {
    const { status, body } = await person.call('POST', '/workflows', {
      ...{ name: 'Draft' },
      ...chain(canvasNode('a', 'noop'), canvasNode('b', 'time-machine')),
    });
    expect([status, body.warnings]).toEqual([
      201,
      ["Node 'b' has the unknown kind 'time-machine'"],
    ]);
    expect(await refused('POST', '/executions', { workflow_id: body.id })).toEqual([
      400,
      'workflow.unknown_kind',
      "Workflow validation failed: node 'b' has the unknown kind 'time-machine'",
    ]);
  });

  it('is refused when it goes in a circle', async () => {
    const nodes = ['a', 'b', 'c'].map((id) => canvasNode(id, 'noop'));
    const code = 'workflow.validation_failed';
    const circle = [edge('a', 'b'), edge('b', 'c'), edge('c', 'b')];
    expect(await refusedAtStart({ nodes, connections: circle })).toEqual([
      ...[400, code],
      "Workflow validation failed: Cycle detected in workflow. Unprocessed nodes: {'b', 'c'}",
    ]);
    const ring = [...circle, edge('c', 'a')];
    const nowhere = 'No starting nodes found (all nodes have dependencies)';
    const named = "Cycle detected in workflow. Unprocessed nodes: {'a', 'b', 'c'}";
    for (const [workflow, reason] of [
      [{ nodes, connections: ring }, `${nowhere}. ${named}`],
      [{ nodes: [] }, nowhere],
    ] as const)
      expect(await refusedAtStart(workflow)).toEqual([
        ...[400, code],
        `Workflow validation failed: ${reason}`,
      ]);
  });

  it.each([
    [
      'nodes share an id',
      [canvasNode('a', 'noop'), canvasNode('a', 'noop')],
      [],
      'Duplicate node IDs found',
    ],
    [
      'a connection comes from nowhere',
      [canvasNode('a', 'noop')],
      [edge('x', 'a')],
      "Connection source 'x' not found in nodes",
    ],
    [
      'a connection leads nowhere',
      [canvasNode('a', 'noop')],
      [edge('a', 'y')],
      "Connection target 'y' not found in nodes",
    ],
  ])('is not even saved when %s', async (_, nodes, connections, why) => {
    const expected = [400, 'workflow.invalid_structure', `Invalid workflow structure: ${why}`];
    const workflow = { name: 'Broken', nodes, connections };
    expect(await refused('POST', '/workflows', workflow)).toEqual(expected);
    expect(await refused('PUT', `/workflows/${workflowId}`, workflow)).toEqual(expected);
  });

  it.each([
    ['transform', { expression: '1 +' }],
    ['condition', { expression: '(((' }],
    ['http-request', { url: 'http://example.org/{{ trigger. }}' }],
    ['claude-agent', { prompt: 'Say {{ "unclosed }}' }],
  ])('is refused by the node whose expression cannot be read: %s', async (kind, config) => {
    const [status, code, detail] = await refusedAtStart(
      chain(canvasNode('good', 'noop'), canvasNode('bad', kind, config)),
    );
    expect([status, code]).toEqual([400, 'workflow.validation_failed']);
    expect(detail).toMatch(/^Workflow validation failed: node 'bad': ./);
  });

  it('fails alone when an expression never ends', async () => {
    const endless = canvasNode('endless', 'transform', {
      expression: '($again := function($n) { $again($n + 1) }; $again(0))',
    });
    const stuck = await start(person, await save(person, chain(endless)));
    const sums = chain(canvasNode('sum', 'transform', { expression: 'trigger.n + 1' }));
    const sumId = await save(person, sums);
    const others = await Promise.all(
      Array.from({ length: 10 }, (_, n) => start(person, sumId, { n })),
    );
    for (const [n, id] of others.entries())
      expect(await ended(person, id)).toMatchObject({ status: 'completed', output_data: n + 1 });
    expect(await ended(person, stuck)).toMatchObject({
      status: 'failed',
      error_details: { code: 'expression.timeout' },
    });
    const afterwards = await start(person, sumId, { n: 41 });
    expect((await ended(person, afterwards)).output_data).toBe(42);
  });
});

describe('a body that is none', () => {
  it('is refused beyond 10 MB, whether it says its length or not', async () => {
    const large = `{"name":"${'a'.repeat(10 * 1024 * 1024)}"}`;
    expect(await refused('POST', '/workflows', large)).toEqual([
      ...[413, 'request.too_large'],
      'Request body is too large',
    ]);
    const pieces = new Blob([large]).stream();
    const streamed = () =>
      fetch(`${studio.origin()}/api/v1/workflows`, {
        ...{ method: 'POST', body: pieces, duplex: 'half' },
        headers: { ...bearer(), 'content-type': 'application/json' },
      });
    expect((await refusals.storingNothing(streamed)).status).toBe(413);
  });

  it.each([
    ['unfinished JSON', '{"name":', [422, 'request.malformed_json', 'body']],
    ['text', 'name=a', [422, 'request.malformed_json', 'body']],
    ['no object', '7', [422, 'request.invalid', 'body']],
    ['null', 'null', [422, 'request.invalid', 'body']],
    ['a list', '[]', [422, 'request.invalid', 'body']],
    ['nothing at all', undefined, [422, 'request.invalid', 'body']],
    ['JSON without an end to its depth', '['.repeat(100_000), [422, 'request.invalid', 'body']],
  ])('is refused when it is %s', async (_, body, expected) => {
    expect(await refused('POST', '/workflows', body)).toEqual(expected);
  });

  it('is refused in another type, character set or encoding', async () => {
    const sent = async (headers: Record<string, string>, body = '{"name":"a"}') =>
      (await refused('POST', '/workflows', body, headers))[0];
    expect(await sent({ 'content-type': 'text/plain' })).toBe(422);
    expect(await sent({ 'content-type': 'application/json; charset=klingon' })).toBe(415);
    expect(await sent({ 'content-encoding': 'rot13' })).toBe(415);
    expect(await sent({ 'content-encoding': 'gzip' })).toBe(400);
  });
});

describe('ids, numbers and headers that are none', () => {
  const badIds = ['nonsense', '%00', '..%2f..', '1', "'%20or%201=1--", 'a'.repeat(3_000)];

  it('answers 400 for an execution id', async () => {
    for (const id of badIds) {
      for (const what of ['', '/nodes', '/logs', '/events', '/replay'])
        expect((await refused('GET', `/executions/${id}${what}`)).slice(0, 2)).toEqual([
          ...[400, 'execution.malformed_id'],
        ]);
      for (const what of ['cancel', 'forget', 'nodes/a/resolve'])
        expect((await refused('POST', `/executions/${id}/${what}`, {}))[0]).toBe(400);
    }
    expect((await refused('GET', '/executions?workflow_id=x'))[0]).toBe(400);
  });

  it('answers 422 for every other one', async () => {
    for (const id of badIds) {
      expect((await refused('GET', `/workflows/${id}`))[0]).toBe(422);
      expect((await refused('PUT', `/workflows/${id}`, { name: 'a' }))[0]).toBe(422);
      expect((await refused('POST', `/workflows/${id}/executions`, {}))[0]).toBe(422);
      const asked = { workflow_id: decodeURIComponent(id) };
      expect((await refused('POST', '/executions', asked))[0]).toBe(422);
    }
    expect((await refused('POST', '/workflows', { name: 'a', workspace_id: 'x' }))[0]).toBe(422);
  });

  it('answers 400 for an escape that is no text', async () => {
    expect((await refused('GET', '/workflows/%E0%A4%A'))[0]).toBe(400);
    expect((await refused('GET', '/executions/%ff'))[0]).toBe(400);
  });

  it.each([
    ...['/workflows', '/executions'].flatMap((list) =>
      ['limit=0', 'limit=101', 'limit=-1', 'limit=ten', 'limit=', 'limit=1e1', 'offset=-1'].map(
        (query) => `${list}?${query}`,
      ),
    ),
    ...['/workflows?offset=99999999999999999999', '/workflows?status=none', '/workflows?query=%00'],
    ...['/workflows?is_public=maybe', '/workflows?limit=1&limit=2'],
  ])('answers 422 for %s', async (path) => {
    expect((await refused('GET', path)).slice(0, 2)).toEqual([422, 'request.invalid']);
  });

  it('answers 422 for a page or a revision that cannot be, 404 for one that is not', async () => {
    const at = `/executions/${runId}`;
    for (const query of ['events?limit=1001', 'events?from=-1', 'replay?at=-1', 'replay?at=x'])
      expect((await refused('GET', `${at}/${query}`))[0]).toBe(422);
    expect((await refused('GET', `${at}/replay?at=999`)).slice(0, 2)).toEqual([
      ...[404, 'execution.revision_unknown'],
    ]);
  });

  it('refuses a position that it never gave, and a version that is none', async () => {
    const position = async (text: string) =>
      (await refused('GET', '/workflows', undefined, { 'studio-min-position': text }))[0];
    const { headers } = await person.call('POST', '/workflows', { name: 'told a position' });
    const [store] = (headers.get('studio-position') ?? '').split(':');
    expect([await position('x'), await position('a:b')]).toEqual([422, 422]);
    expect([await position('other:1'), await position(`${store}:99999999`)]).toEqual([410, 410]);
    const change = (version: string) =>
      refused('PUT', `/workflows/${workflowId}`, { name: 'b' }, { 'if-match': version });
    expect([(await change('one'))[0], (await change('"9"'))[0]]).toEqual([412, 412]);
  });
});

it('never answers 5xx', () => {
  expect(refusals.statuses.length).toBeGreaterThan(100);
  expect(refusals.statuses.filter((status) => status >= 500)).toEqual([]);
  expect(studio.output()).not.toContain('request failed unexpectedly');
});
