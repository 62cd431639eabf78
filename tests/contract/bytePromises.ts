import { expect } from '@jest/globals';
import type { EventToAppend, StoredEvent, StreamName } from '@studio/contracts';
import fc from 'fast-check';

import { anEvent, anExecution, eventsOf, readBehind } from './logEvents.ts';
import type { Subject } from './subject.ts';

const bytesOf = (stored: readonly StoredEvent[]): EventToAppend[] =>
  stored.map(({ eventId, type, data, metadata }) => ({ eventId, type, data, metadata }));

/** Values whose JSON text a parser, a driver or a column of another type would rewrite. */
const awkward: readonly unknown[] = [
  'Zoë 😀 ﷽ e\u0301 é \u2028 \u2029 \ufeff "\\/',
  { nul: 'a\u0000b', '\u0000': 1, control: '\u0001\u001f\u007f\b\f\n\r\t' },
  { high: '\ud800', low: '\udfff', swapped: '\udc00\ud800', '\ud83d': 'half of a pair' },
  [2 ** 53 - 1, 2 ** 53, -(2 ** 64), 2 ** 90, 1e21, 5e-324, Number.MAX_VALUE],
  [0, -0, 1.0, 0.1, 1e-7, 0.30000000000000004],
  { '2': 'second', '10': 'third', '1': 'first', __proto__: 'own', constructor: null },
  [null, [], {}, '', [null, { a: null }], true, false],
  { text: '\\u0000 {braces} \'quotes\' "NULL" NULL, \\x00 $1 %s --' },
  JSON.parse('['.repeat(500) + ']'.repeat(500)),
  '',
  null,
  0,
];

/** Every 16-bit unit: lone surrogates, NUL and all that is between. */
const anyText = fc.string({
  unit: fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code)),
});
const anyJson = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    anyText,
    fc.double({ noNaN: true }),
    fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(Number),
    fc.constantFrom(null, true, false),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(anyText, tie('value'), { maxKeys: 4 }),
  ),
})).value;

export const bytePromises = ({ store, promise }: Subject): void => {
  promise('bytes come back as they went in', async () => {
    const after = await store().lastPosition();
    const appended = awkward.map((value) =>
      anEvent({ data: JSON.stringify(value), metadata: JSON.stringify({ actor: 'a', value }) }),
    );
    const stream = anExecution();
    const head = await store().append(stream, 'no_stream', appended);
    const read = await store().readStream(stream);
    expect(bytesOf(read)).toEqual(appended);
    expect(read.at(-1)).toMatchObject({ ...head, stream });
    expect(eventsOf([stream], await readBehind(store(), { after }))).toEqual(read);
    expect(await store().readStream(stream, { backwards: true })).toEqual([...read].reverse());
  });

  promise('bytes of any JSON come back as they went in', async () => {
    const roundTrip = async (values: readonly unknown[]): Promise<void> => {
      const appended = values.map((value) =>
        anEvent({ data: JSON.stringify(value), metadata: JSON.stringify({ value }) }),
      );
      const stream = anExecution();
      await store().append(stream, 'no_stream', appended);
      expect(bytesOf(await store().readStream(stream))).toEqual(appended);
    };
    const several = fc.array(anyJson, { minLength: 1, maxLength: 20 });
    await fc.assert(fc.asyncProperty(several, roundTrip), { numRuns: 50 });
  });

  promise('texts that JSON.stringify would have written otherwise come back too', async () => {
    const others = [
      '{"number":1.0,"big":12345678901234567890.10,"twice":1,"twice":2}',
      '{ "spaces" :\t1 }\n',
      '{"escaped":"\\u0041\\/"}',
    ];
    const appended = others.map((text) => anEvent({ type: 'Zoë,"{}', data: text, metadata: text }));
    const stream = anExecution();
    await store().append(stream, 'no_stream', appended);
    expect(bytesOf(await store().readStream(stream))).toEqual(appended);
  });

  promise('texts that are no JSON come back too', async () => {
    const appended = ['', 'no json', '{'].map((text) => anEvent({ data: text, metadata: text }));
    const stream = anExecution();
    await store().append(stream, 'no_stream', appended);
    expect(bytesOf(await store().readStream(stream))).toEqual(appended);
  });

  promise('the longest names come back too', async () => {
    const named = `${anExecution()}${'é'.repeat(233)}` as StreamName; // 46 + 466 bytes
    const event = anEvent({ type: 'ü'.repeat(256) });
    await store().append(named, 'no_stream', [event]);
    expect(bytesOf(await store().readStream(named))).toEqual([event]);
    await expect(
      store().append(`${named}x` as StreamName, 'no_stream', [anEvent()]),
    ).rejects.toMatchObject({ code: 'request.invalid' });
  });
};
