import { describe, expect, it } from '@jest/globals';

import { assertComplete, upcast } from './upcast.ts';

const same = (data: Readonly<Record<string, unknown>>): Record<string, unknown> => ({ ...data });

describe('the table of upcasters', () => {
  it('is refused at start when a version has no way forward', () => {
    const table = { NodeFailed: { 1: same, 3: same } };
    expect(() => assertComplete(table, { NodeFailed: 4 })).toThrow('NodeFailed from version 2');
    expect(() => assertComplete({ NodeFailed: { 1: same } }, { NodeFailed: 2 })).not.toThrow();
    expect(() => assertComplete({}, {})).not.toThrow();
  });

  it('leaves an event of an unknown type or of today as it is', () => {
    const data = { a: 1 };
    const event = { type: 'toString', eventId: 'e' };
    expect(upcast({}, event, data, 1)).toEqual({ data, schemaVersion: 1 });
    const today = { type: 'NodeFailed', eventId: 'e' };
    expect(upcast({ NodeFailed: { 1: same } }, today, data, 2).data).toBe(data);
  });

  it('says log.corrupt when an upcaster cannot read what lies there', () => {
    const fails = (): never => {
      throw new TypeError('no such field');
    };
    const event = { type: 'NodeFailed', eventId: 'e' };
    const code = 'log.corrupt';
    expect(() => upcast({ NodeFailed: { 1: fails } }, event, {}, 1)).toThrow(
      expect.objectContaining({ code }),
    );
  });
});
