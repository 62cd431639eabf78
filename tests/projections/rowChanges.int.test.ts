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
  columns: { id: 'id', part: 'int', note: 'text', data: 'json', seen: 'boolean', sum: 'count' },
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
const values = {
  note: fc.option(fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'))),
  data: fc.option(fc.constantFrom('[]', '{"a":"\\""}', '["x",null]')),
  seen: fc.option(fc.boolean()),
};
const filled = fc.record(values, { requiredKeys: [] });
const change: fc.Arbitrary<RowChange> = fc.oneof(
  fc.tuple(key, fc.record(values)).map(([id, row]) => insert(samples, { ...id, ...row })),
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
        each.kind === 'remove' ? [each, remade(each)] : [each],
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

const remade = ({ key: id }: RowChange): RowChange =>
  insert(samples, { id: String(id['id']), part: Number(id['part']), note: 'again' });

it('writes nothing when the checkpoint has moved', async () => {
  await commit([insert(samples, { id: 'z', part: 1, note: 'first' })]);
  const before = await stored();
  const from = position - 1n;
  expect(await commit([patch(samples, { id: 'z', part: 1, note: 'second' })], from)).toBe(
    'overtaken',
  );
  expect(await stored()).toEqual(before);
});
