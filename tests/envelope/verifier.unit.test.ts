import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { rounds } from '../fixtures/length.ts';
import { historiesFolder, readVectors, type VectorEvent, type Vectors } from './vectors.ts';

const verifier = fileURLToPath(new URL('verify.mjs', historiesFolder));
const files = fileURLToPath(new URL('files', historiesFolder));
const vectors = readVectors();

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'studio-verifier-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const verify = (history: Vectors, filesFolder = files): { status: number | null; says: string } => {
  const file = join(folder, 'history.json');
  writeFileSync(file, JSON.stringify(history));
  const args = [verifier, file, '', filesFolder];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { status, says: stdout + stderr };
};

const withEvents = (change: (events: VectorEvent[]) => VectorEvent[]): Vectors => ({
  ...vectors,
  events: change([...vectors.events]),
});
const renumbered = (events: readonly VectorEvent[]): VectorEvent[] =>
  events.map((event, index) => ({ ...event, position: index + 1 }));
const nameOf = ({ position, stream, revision }: VectorEvent): string =>
  `position ${position} (${stream} revision ${revision})`;
const alter = (at: number, change: (event: VectorEvent) => Partial<VectorEvent>): Vectors =>
  withEvents((events) => events.map((e, i) => (i === at ? { ...e, ...change(e) } : e)));

const everyEvent = vectors.events.map((event, index) => ({ index, event, name: nameOf(event) }));
/** Every fourth from the last one on in a short run. */
const events = everyEvent.filter(
  ({ index }) => (everyEvent.length - 1 - index) % rounds(4, 1) === 0,
);

describe('the independent verifier', () => {
  it('finds the golden vectors whole', () => {
    expect(verify(vectors)).toEqual({ status: 0, says: '20 events of 5 streams verify\n' });
  });

  it.each(events)('names an altered event: $name', ({ index, name }) => {
    const altered = alter(index, ({ data }) => ({ data: data.replace(/\d(?=[^\d]*$)/, 'x') }));
    expect(altered.events[index]?.data).not.toBe(vectors.events[index]?.data);
    expect(verify(altered)).toEqual({ status: 1, says: expect.stringContaining(name) });
  });

  it.each(events)('misses a removed event: $name', ({ index, event }) => {
    const { status, says } = verify(withEvents((events) => events.toSpliced(index, 1)));
    expect(status).toBe(1);
    const isLast = index === vectors.events.length - 1;
    expect(says).toContain(
      isLast ? `end of ${event.stream}` : `position ${event.position} should be here`,
    );
  });

  it.each(events)('misses a removed event where the rest was renumbered: $name', (removed) => {
    const rest = renumbered(vectors.events.toSpliced(removed.index, 1));
    const { status, says } = verify({ ...vectors, events: rest });
    expect(status).toBe(1);
    expect(says).toContain(removed.event.stream);
    expect(says).toContain(`revision ${removed.event.revision} should be here`);
  });

  it('names the first of two events in the wrong order', () => {
    const swapped = withEvents(([first, second, ...rest]) =>
      [second, first, ...rest].filter((event) => event !== undefined),
    );
    expect(verify(swapped)).toEqual({ status: 1, says: expect.stringContaining('position 2 (') });
  });

  it('names an event that was put in', () => {
    const [, second] = vectors.events;
    const inserted = withEvents((events) =>
      renumbered(events.flatMap((event) => (event === second ? [event, event] : [event]))),
    );
    expect(verify(inserted)).toEqual({ status: 1, says: expect.stringContaining('position 3 (') });
  });

  it.each(['eventId', 'type', 'metadata', 'hash'] as const)('guards %s', (member) => {
    const forged = alter(3, (event) => ({ [member]: event[member].replace(/[a-z0-9]/, 'F') }));
    expect(verify(forged)).toEqual({ status: 1, says: expect.stringContaining('position 4 (') });
  });

  it('names the event whose file was changed', () => {
    const copy = join(folder, 'files');
    cpSync(files, copy, { recursive: true });
    const [, ref] = /"ref":"([^"]+)"/.exec(vectors.events[6]?.data ?? '') ?? [];
    writeFileSync(join(copy, ref ?? ''), 'other bytes');
    expect(verify(vectors, copy)).toEqual({
      status: 1,
      says: expect.stringContaining('position 7 ('),
    });
  });

  it('names a sealed value that the given key does not open', () => {
    const otherKeys = Object.fromEntries(
      Object.keys(vectors.keys).map((keyId) => [keyId, 'ab'.repeat(32)]),
    );
    expect(verify({ ...vectors, keys: otherKeys })).toEqual({
      status: 1,
      says: expect.stringContaining('position 1 ('),
    });
  });
});
