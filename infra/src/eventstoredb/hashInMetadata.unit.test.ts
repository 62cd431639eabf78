import { expect, it } from '@jest/globals';
import fc from 'fast-check';

import { cutHash, withHash } from './hashInMetadata.ts';

const hash = 'ab'.repeat(32);

it('is the first member of the metadata', () => {
  expect(withHash(hash, '{"actor":"a"}')).toBe(`{"hash":"${hash}","actor":"a"}`);
  expect(withHash(hash, '{}')).toBe(`{"hash":"${hash}"}`);
});

it('leaves valid JSON behind, and cut out it leaves every byte as it was', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), (metadata) => {
      const text = JSON.stringify(metadata);
      const stored = withHash(hash, text);
      const parsed = JSON.parse(stored) as Record<string, unknown>; // an object, as it went in
      expect(Object.hasOwn(parsed, 'hash')).toBe(true);
      expect(cutHash(stored)).toEqual({ hash, metadata: text });
    }),
  );
});

it('comes out of any text as it went in', () => {
  const begun = fc.constantFrom('', '{', '{}', '{ ', '|', ',', '}', '{"hash":"x"');
  fc.assert(
    fc.property(begun, fc.string(), (start, rest) => {
      const text = start + rest;
      expect(cutHash(withHash(hash, text))).toEqual({ hash, metadata: text });
    }),
  );
});

it.each(['', '{}', '{"hash":"ab"}', `{"hash":"${'AB'.repeat(32)}"}`, `{"Hash":"${hash}"}`])(
  'is not found in %j',
  (text) => {
    expect(cutHash(text)).toBeNull();
  },
);
