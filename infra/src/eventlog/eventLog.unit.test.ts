import { describe, expect, it } from '@jest/globals';
import {
  type EventStore,
  type ExecutionId,
  executionStream,
  type KeyId,
  maxAppendBytes,
  type Metadata,
  type NewEvent,
  type StreamName,
  StudioError,
  type WorkflowId,
  workflowStream,
} from '@studio/contracts';

import { createInMemoryFileStorage } from '../files/inMemoryFileStorage.ts';
import { newId } from '../ids.ts';
import { createInMemoryKeyRing } from '../keys/inMemoryKeyRing.ts';
import { createInMemoryEventStore } from '../memory/inMemoryEventStore.ts';
import { createEventLog } from './eventLog.ts';
import type { Upcasters } from './upcast.ts';

const metadata: Metadata = {
  correlationId: 'c',
  causationId: 'c',
  commandId: 'c',
  actor: { kind: 'system', id: 's' },
  workspaceId: 'w',
  schemaVersion: 1,
  occurredAt: '2026-01-01T00:00:00.000Z',
};
const event = (type: string, data: object): NewEvent =>
  ({ type, data, eventId: newId(), metadata }) as NewEvent; // also data that no schema would take
const completed = (output: unknown): NewEvent => event('WorkflowCompleted', { output });
const changed = (settings: object): NewEvent =>
  event('WorkflowChanged', { workflowId: 'f', version: 2, nodes: [], connections: [], settings });

const setUp = (upcasters: Upcasters = {}) => {
  const store = createInMemoryEventStore();
  const keys = createInMemoryKeyRing();
  const files = createInMemoryFileStorage();
  const log = createEventLog({ store, keys, files, upcasters });
  const run = executionStream(newId() as ExecutionId); // a stream of this case alone
  const workflow = workflowStream(newId() as WorkflowId); // a stream of this case alone
  const lying = async (stream: StreamName): Promise<string[]> =>
    (await store.readStream(stream)).map(({ data }) => data);
  const open = async (stream: StreamName): Promise<unknown[]> =>
    (await log.readStream(stream)).map(({ data }) => data);
  return { store, keys, files, log, run, workflow, lying, open };
};
const refIn = (text: string | undefined): string => /"ref":"([^"]+)"/.exec(text ?? '')?.[1] ?? '';

describe('an append', () => {
  it('keeps a value of 64 KiB inline and sends one byte more to a file', async () => {
    const { log, keys, run, lying, open } = setUp();
    const events = [completed('x'.repeat(65_534)), completed('x'.repeat(65_535))]; // with quotes
    await log.append(run, 'no_stream', events, { run: await keys.reserve() });
    const [inline, inFile] = await lying(run);
    expect(inline).toContain('"text":');
    expect(inFile).toContain('"bytes":65553');
    expect(await open(run)).toEqual(events.map(({ data }) => data));
  });

  it('moves its largest values to files until it fits', async () => {
    const { log, keys, run, lying, open } = setUp();
    const sizes = [50, 60, 40, 64, 63, 62, 61, 30].map((kib) => kib * 1_000);
    const events = sizes.map((size) => completed('x'.repeat(size)));
    await log.append(run, 'no_stream', events, { run: await keys.reserve() });
    const texts = await lying(run);
    expect(texts.map((text) => text.includes('"ref"'))).toEqual(
      sizes.map((size) => size === 64_000),
    );
    expect(Buffer.byteLength(texts.join(''))).toBeLessThan(maxAppendBytes);
    expect(await open(run)).toEqual(events.map(({ data }) => data));
  });

  it('is refused when what cannot move is too large', async () => {
    const { log, workflow } = setUp();
    const user = event('WorkspaceCreated', { name: 'x'.repeat(maxAppendBytes) });
    const appending = log.append(workflow, 'no_stream', [user], {});
    await expect(appending).rejects.toMatchObject({ code: 'append.too_large' });
  });

  it('sends the same bytes when a list whose outcome is unknown is appended again', async () => {
    const { store, keys, files, run } = setUp();
    const sent: unknown[] = [];
    const watched: EventStore = {
      ...store,
      append: async (stream, expected, events) => {
        sent.push(events);
        const head = await store.append(stream, expected, events);
        if (sent.length === 1) throw new StudioError('unavailable', 'append.outcome_unknown', '');
        return head;
      },
    };
    const log = createEventLog({ store: watched, keys, files });
    const events = [completed('once')];
    const key = await keys.reserve();
    const first = log.append(run, 'no_stream', events, { run: key });
    await expect(first).rejects.toMatchObject({ code: 'append.outcome_unknown' });
    expect(await log.append(run, 'no_stream', events, { run: key })).toEqual(await store.head(run));
    expect(sent[1]).toEqual(sent[0]);
  });

  it('names what it cannot seal', async () => {
    const { log, keys, run } = setUp();
    const key = await keys.reserve();
    const undefinedOutput = log.append(run, 'no_stream', [completed(undefined)], { run: key });
    await expect(undefinedOutput).rejects.toThrow('WorkflowCompleted/output: undefined');
    const noKey = log.append(run, 'no_stream', [completed(1)], {});
    await expect(noKey).rejects.toThrow('WorkflowCompleted/output: the append names no data key');
    await keys.forget(key);
    const erased = log.append(run, 'no_stream', [completed(1)], { run: key });
    await expect(erased).rejects.toMatchObject({ code: 'execution.erased' });
  });

  it('leaves the caller’s event as it was', async () => {
    const { log, keys, run } = setUp();
    const sent = completed({ deep: [1] });
    await log.append(run, 'no_stream', [sent], { run: await keys.reserve() });
    expect(sent.data).toEqual({ output: { deep: [1] } });
  });
});

describe('content that imitates our forms', () => {
  const imitations = [
    { $sealed: { v: 1, key: 'k', iv: '', text: '' } },
    { $claim: { ref: `w/${'0'.repeat(64)}`, sha256: '0'.repeat(64), bytes: 1 } },
    { $erased: { key: 'k' } },
  ];

  it.each(imitations)('stays data in a plain field: %j', async (imitation) => {
    const { log, workflow, open } = setUp();
    const events = [changed(imitation), changed({ inside: imitation })];
    await log.append(workflow, 'no_stream', events, {});
    expect(await open(workflow)).toEqual(events.map(({ data }) => data));
  });

  it.each(imitations)('stays data in a sealed field: %j', async (imitation) => {
    const { log, keys, run, open } = setUp();
    const events = [completed(imitation), completed([imitation])];
    await log.append(run, 'no_stream', events, { run: await keys.reserve() });
    expect(await open(run)).toEqual(events.map(({ data }) => data));
  });
});

describe('a read', () => {
  const large = 'x'.repeat(70_000);

  it('is log.corrupt when a file of a living key is gone, and Erased once the key is too', async () => {
    const { log, keys, files, run, lying, open } = setUp();
    const key = await keys.reserve();
    await log.append(run, 'no_stream', [completed(large)], { run: key });
    const [text] = await lying(run);
    await files.remove(refIn(text));
    await expect(open(run)).rejects.toMatchObject({ code: 'log.corrupt' });
    await keys.forget(key);
    expect(await open(run)).toEqual([{ output: { $erased: { key } } }]);
  });

  it('is log.corrupt when a claim’s file is gone', async () => {
    const { log, files, workflow, lying, open } = setUp();
    await log.append(workflow, 'no_stream', [changed({ large })], {});
    expect(await open(workflow)).toEqual([expect.objectContaining({ settings: { large } })]);
    const [text] = await lying(workflow);
    await files.remove(refIn(text));
    await expect(open(workflow)).rejects.toMatchObject({ code: 'log.corrupt' });
  });

  it('asks for all keys of a batch at once, and for none when it stays sealed', async () => {
    const { store, keys, files, run } = setUp();
    const asked: (readonly KeyId[])[] = [];
    const counting = {
      ...keys,
      get: (ids: readonly KeyId[]) => {
        asked.push(ids);
        return keys.get(ids);
      },
    };
    const log = createEventLog({ store, keys: counting, files });
    const [one, two] = [await keys.reserve(), await keys.reserve()];
    const head = await log.append(run, 'no_stream', [completed(1), completed(2)], { run: one });
    await log.append(run, head, [completed(3)], { run: two });
    asked.length = 0;
    await log.readStream(run, {}, 'sealed');
    expect(asked).toEqual([]);
    await log.readStream(run);
    expect(asked).toEqual([[one, two]]);
  });
});

describe('an upcast', () => {
  const run = async (upcasters: Upcasters, data: object): Promise<unknown> => {
    const { log, keys, run: stream, open } = setUp(upcasters);
    await log.append(stream, 'no_stream', [event('WorkflowStarted', data)], {
      run: await keys.reserve(),
    });
    return (await open(stream))[0];
  };
  const data = { workflowName: 'old', trigger: { a: 1 }, context: { b: 2 } };

  it('goes through every version to the newest', async () => {
    const grow = (suffix: string) => (old: Readonly<Record<string, unknown>>) => ({
      ...old,
      workflowName: `${String(old['workflowName'])}${suffix}`,
    });
    const upcasters = { WorkflowStarted: { 1: grow(' 2'), 2: grow(' 3') } };
    expect(await run(upcasters, data)).toEqual({ ...data, workflowName: 'old 2 3' });
  });

  it('may move a sealed value: it opens by the path at which it was written', async () => {
    const swap: Upcasters = {
      WorkflowStarted: {
        1: (old) => ({ ...old, trigger: old['context'], context: old['trigger'] }),
      },
    };
    expect(await run(swap, data)).toEqual({ ...data, trigger: { b: 2 }, context: { a: 1 } });
  });
});
