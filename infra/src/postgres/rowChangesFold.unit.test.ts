import { describe, expect, it } from '@jest/globals';

import { add, insert, patch, patchAll, remove, table } from './rowChanges.ts';
import { applyChanges } from './rowChangesApply.ts';
import { foldChanges } from './rowChangesFold.ts';

const runs = table({
  name: 'runs',
  key: ['id'],
  columns: { id: 'id', status: 'text', began: 'text', done: 'count' },
});
const totals = table({
  name: 'totals',
  key: ['status'],
  columns: { status: 'id', runs: 'count' },
  counter: true,
});
const rowsOf = (...changes: Parameters<typeof applyChanges>[0]) =>
  applyChanges(changes).get('runs') ?? [];

describe('changes to one row', () => {
  it('come to one change, whatever their number', () => {
    const changes = [insert(runs, { id: 'a', status: 'pending' })];
    for (let each = 0; each < 10; each += 1) changes.push(add(runs, { id: 'a' }, { done: 1 }));
    changes.push(patch(runs, { id: 'a', status: 'completed' }));
    const net = foldChanges(changes).get(changes[0]?.table ?? totals);
    expect(net?.rows).toHaveLength(1);
    expect(net?.rows[0]).toMatchObject({
      set: { id: 'a', status: 'completed' },
      add: { done: 10 },
      fate: 'kept',
    });
  });

  it('keep what only the first insert may say', () => {
    expect(
      rowsOf(
        insert(runs, { id: 'a', status: 'running', began: '1' }, ['began']),
        insert(runs, { id: 'a', status: 'completed', began: '2' }, ['began']),
      ),
    ).toEqual([{ id: 'a', status: 'completed', began: '1', done: 0 }]);
  });

  it('may change what only the first insert may say', () => {
    const first = insert(runs, { id: 'a', began: '1' }, ['began']);
    const second = insert(runs, { id: 'a', began: '3' }, ['began']);
    expect(rowsOf(first, patch(runs, { id: 'a', began: '2' }), second)).toMatchObject([
      { began: '2' },
    ]);
    expect(rowsOf(first, patch(runs, { id: 'a', began: null }), second)).toMatchObject([
      { began: null },
    ]);
  });

  it('leave an absent row absent, unless they make it', () => {
    expect(
      rowsOf(patch(runs, { id: 'a', status: 'x' }), add(runs, { id: 'a' }, { done: 1 })),
    ).toEqual([]);
    expect(rowsOf(insert(runs, { id: 'a' }), remove(runs, { id: 'a' }))).toEqual([]);
    expect(
      rowsOf(
        insert(runs, { id: 'a', status: 'x' }),
        remove(runs, { id: 'a' }),
        insert(runs, { id: 'a' }),
      ),
    ).toEqual([{ id: 'a', status: null, began: null, done: 0 }]);
    expect(
      rowsOf(
        patch(runs, { id: 'a', began: '1' }),
        remove(runs, { id: 'a' }),
        insert(runs, { id: 'a' }),
      ),
    ).toEqual([{ id: 'a', status: null, began: null, done: 0 }]);
  });

  it('make a counter by the first count', () => {
    const changes = [
      add(totals, { status: 'pending' }, { runs: 1 }),
      add(totals, { status: 'pending' }, { runs: -1 }),
      add(totals, { status: 'running' }, { runs: 1 }),
    ];
    expect(applyChanges(changes).get('totals')).toEqual([
      { status: 'pending', runs: 0 },
      { status: 'running', runs: 1 },
    ]);
  });

  it('reach every row of a wide change', () => {
    expect(
      rowsOf(
        insert(runs, { id: 'a', status: 'x' }),
        insert(runs, { id: 'b', status: 'y' }),
        patchAll(runs, { id: 'a' }, { status: null }),
      ).map(({ status }) => status),
    ).toEqual([null, 'y']);
  });

  it('need their key', () => {
    expect(() => patch(runs, { status: 'x' })).toThrow('without its key column id');
  });
});
