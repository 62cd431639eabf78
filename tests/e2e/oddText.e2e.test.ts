import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { createStudio, type Person, signIn, type StudioProcess } from '../fixtures/studio.ts';
import { canvasNode, chain, ended, save, start } from './canvas.ts';
import { type Refusals, told, watchRefusals } from './refusals.ts';

let studio: StudioProcess;
let person: Person;
let refusals: Refusals;
let workflowId: string;

beforeAll(async () => {
  studio = await createStudio();
  await studio.start();
  person = await signIn(studio, 'ada@example.org');
  refusals = await watchRefusals(studio);
  workflowId = await save(person, chain(canvasNode('begin', 'manual-trigger')));
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
describe('text that no column can hold', () => {
  const unfit = ['nul \0 inside', 'half \ud83d a pair', '\udc00'];

  it.each(unfit)('is refused where people name things: %j', async (text) => {
    const node = (more: object) => ({ ...canvasNode('a', 'noop'), ...more });
    const bodies: [object, string][] = [
      [{ name: text }, 'body.name'],
      [{ name: 'a', description: text }, 'body.description'],
      [{ name: 'a', tags: ['fine', text] }, 'body.tags.1'],
      [{ name: 'a', nodes: [node({ title: text })] }, 'body.nodes.0.title'],
      [{ name: 'a', nodes: [node({ id: text })] }, 'body.nodes.0.id'],
      [{ name: 'a', nodes: [node({ data: { label: text } })] }, 'body.nodes.0.data.label'],
    ];
    for (const [body, where] of bodies) {
      const expected = [422, 'request.invalid', where];
      expect(await refused('POST', '/workflows', body)).toEqual(expected);
      expect(await refused('PUT', `/workflows/${workflowId}`, body)).toEqual(expected);
    }
    expect((await refused('PATCH', '/auth/me', { full_name: text }))[0]).toBe(422);
    for (const path of ['/auth/request-otp', '/auth/verify-otp'])
      expect(
        (await refused('POST', path, { email: `a${text}@example.org`, code: '123456' }))[0],
      ).toBe(422);
  });

  it('is kept as it is in payloads, beside everything else that JSON can say', async () => {
    const payload = {
      ...{ text: unfit, 'key \0 \ud83d': unfit[0], large: 'ż'.repeat(100_000) },
      ...{ 10: 'ten', 9: 'nine', number: 1e-7, minus: -0.5, empty: '', none: null, deep: [[[{}]]] },
      $sealed: { v: 1, key: 'k', iv: 'i', text: 'looks sealed' },
      inner: { $claim: { ref: 'w/0', sha256: '0', bytes: 1 }, $erased: { key: 'k' } },
    };
    const sent = JSON.stringify(payload);
    const echo = chain(canvasNode('echo', 'transform', { expression: 'trigger' }));
    const id = await start(person, await save(person, echo), payload);
    const run = await ended(person, id);
    const { body: facts } = await person.call('GET', `/executions/${id}/events`);
    const { body: replay } = await person.call('GET', `/executions/${id}/replay`);
    expect(run.status).toBe('completed');
    const copies = [run.trigger_data, run.output_data, run.node_executions[0].output_data];
    copies.push(facts.items[0].data.trigger, replay.trigger_data, replay.output);
    for (const copy of copies) expect(JSON.stringify(copy)).toBe(sent);
  });

  it('is kept too when nothing but a lookalike of our own forms is sent', async () => {
    const echo = chain(canvasNode('echo', 'transform', { expression: 'trigger' }));
    const echoId = await save(person, echo);
    const lookalikes = [
      { $sealed: { v: 1, key: 'k', iv: 'i', ref: 'w/0', sha256: '0', bytes: 1 } },
      { $claim: { ref: 'w/0', sha256: '0', bytes: 1 } },
      { $erased: { key: 'k' } },
      { $erased: null },
      { $sealed: 'half of one' },
    ];
    for (const payload of lookalikes) {
      const run = await ended(person, await start(person, echoId, payload));
      expect([run.trigger_data, run.output_data]).toEqual([payload, payload]);
      expect((await person.call('GET', `/executions/${run.id}/events`)).status).toBe(200);
    }
    const settings = lookalikes[1];
    const { body } = await person.call('POST', '/workflows', { name: 'Claim', settings });
    expect(body.settings).toEqual(settings);
    const read = await person.call('GET', `/workflows/${body.id}`);
    expect([read.status, read.body.settings]).toEqual([200, settings]);
  });
});

it('never answers 5xx', () => {
  expect(refusals.statuses.length).toBeGreaterThan(40);
  expect(refusals.statuses.filter((status) => status >= 500)).toEqual([]);
  expect(studio.output()).not.toContain('request failed unexpectedly');
});
