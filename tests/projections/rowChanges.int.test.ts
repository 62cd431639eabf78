import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  add,
  commitBatch,
  createGeneration,
  createPool,
  type Database,
  type Generation,
  insert,
  migrate,
  patch,
  placeIn,
  remove,
  type RowChange,
  table,
} from '@studio/infra';
import fc from 'fast-check';

import { startTestPostgres, type TestPostgres } from '../fixtures/postgres.ts';

const samples = table({
  name: 'samples',
  key: ['id', 'part'],
  columns: {
    ...{ id: 'id', part: 'int', note: 'text', data: 'json', seen: 'boolean', sum: 'count' },
    ...{ at: 'instant', size: 'int' },
  },
});
const counters = table({
  name: 'counters',
  key: ['id'],
  columns: { id: 'id', sum: 'count' },
  counter: true,
});
const generation: Generation = { projection: 'samples', version: 1, name: 'v1' };
const checkpoint = { name: 'samples', generation: 'v1' };

let postgres: TestPostgres;
let pool: Database;
let position = 0n;

beforeAll(async () => {
  postgres = await startTestPostgres();
  pool = createPool({ url: postgres.url, applicationName: 'test' });
  await migrate(pool);
  await createGeneration(pool, generation, [samples, counters]);
});
afterAll(async () => {
  await pool.end();
  await postgres.stop();
});

const commit = async (changes: readonly RowChange[], from = position): Promise<string> => {
  const to = position + 1n;
  const placeOf = placeIn(generation);
  const outcome = await commitBatch(pool, { checkpoint, from, to, changes, placeOf });
  if (outcome === 'written') position = to;
  return outcome;
};

const stored = async (): Promise<unknown> => {
  const { rows } = await pool.query('select * from read.samples_v1 order by id, part');
  const { rows: counts } = await pool.query('select * from read.counters_v1 order by id');
  return { rows, counts };
};

const key = fc.record({ id: fc.constantFrom('a', 'b', 'ü"\\,{}'), part: fc.constantFrom(0, 1) });
const year = (number: number): Date => new Date(`${String(number).padStart(4, '0')}-06-01`);
const instant = (date: Date): string => date.toISOString();
const values = {
  note: fc.option(fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'))),
  data: fc.option(fc.constantFrom('[]', '{"a":"\\""}', '["x",null]')),
  seen: fc.option(fc.boolean()),
  at: fc.option(fc.date({ noInvalidDate: true, min: year(1), max: year(9999) }).map(instant)),
  size: fc.option(fc.integer()),
};
const filled = fc.record(values, { requiredKeys: [] });
const change: fc.Arbitrary<RowChange> = fc.oneof(
  fc
    .tuple(key, fc.record(values), fc.subarray(['note', 'at'] as const))
    .map(([id, row, keep]) => insert(samples, { ...id, ...row }, keep)),
  fc.tuple(key, filled).map(([id, row]) => patch(samples, { ...id, ...row })),
  fc.tuple(key, fc.integer({ min: -9, max: 9 })).map(([id, sum]) => add(samples, id, { sum })),
  key.map((id) => remove(samples, id)),
  fc
    .tuple(fc.constantFrom('x', 'y'), fc.integer({ min: -9, max: 9 }))
    .map(([id, sum]) => add(counters, { id }, { sum })),
);

/** Every row is made first, as projections do: what a patch of an absent row leaves may depend on the batch. */
const made: readonly RowChange[] = ['a', 'b', 'ü"\\,{}'].flatMap((id) =>
  [0, 1].map((part) => insert(samples, { id, part })),
);

it('writes the same rows in one batch as one by one', async () => {
  const ordered = fc.array(change, { maxLength: 25 });
  await fc.assert(
    fc.asyncProperty(ordered, async (changes) => {
      // After a removal a row is made anew before it is changed again.
      const all = changes.flatMap((each) =>
        each.kind === 'remove' ? [each, remade(each.row)] : [each],
      );
      await pool.query('truncate read.samples_v1, read.counters_v1');
      for (const each of [...made, ...all]) await commit([each]);
      const oneByOne = await stored();
      await pool.query('truncate read.samples_v1, read.counters_v1');
      await commit(made);
      await commit(all);
      expect(await stored()).toEqual(oneByOne);
      await pool.query('truncate read.samples_v1, read.counters_v1');
      await commit([...made, ...all]);
      expect(await stored()).toEqual(oneByOne);
    }),
    { numRuns: 40 },
  );
});

const remade = (row: Readonly<Record<string, unknown>>): RowChange =>
  insert(samples, { id: String(row['id']), part: Number(row['part']), note: 'again' });

it('stores the values that it was given', async () => {
  const row = {
    ...{ id: 'w', part: -2_147_483_648, note: 'ünï😀', data: '{"a":[1,"ü"]}', seen: false },
    ...{ at: '1969-12-31T23:59:59.999Z', size: 2_147_483_647 },
  };
  await commit([insert(samples, { ...row, sum: -5_000_000_001 })]);
  const { rows } = await pool.query("select * from read.samples_v1 where id = 'w'");
  expect(rows).toEqual([
    { ...row, data: { a: [1, 'ü'] }, at: new Date(row.at), sum: '-5000000001' },
  ]);
});

it.each([
  ['an int beyond its column', { size: 2 ** 31 }],
  ['a fraction', { size: 0.5 }],
  ['an instant that is none', { at: 'yesterday' }],
  ['a number for a text', { note: 7 as unknown as string }],
])('refuses %s as poison, with a TypeError', async (_, row) => {
  await expect(commit([insert(samples, { id: 'q', part: 0, ...row })])).rejects.toThrow(TypeError);
});

it('writes nothing when the checkpoint has moved', async () => {
  await commit([insert(samples, { id: 'z', part: 1, note: 'first' })]);
  const before = await stored();
  const from = position - 1n;
  expect(await commit([patch(samples, { id: 'z', part: 1, note: 'second' })], from)).toBe(
    'overtaken',
  );
  expect(await stored()).toEqual(before);
});
