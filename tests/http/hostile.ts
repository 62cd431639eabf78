import fc from 'fast-check';

/** Texts that have broken somebody's software. */
export const hostileTexts = [
  ...["' OR 1=1 --", '"; DROP TABLE log.events; --', "'; SELECT pg_sleep(5); --", '$1', '\\'],
  ...['%', '_', '%_\\', '%27', '{{ 7 * 7 }}', '${7*7}', '$(id)', '`id`', '../../etc/passwd'],
  ...[
    '\u0000',
    'a\u0000b',
    '\ud800',
    '\u202e\u2066',
    '\ufeff',
    '𝒳',
    'İ',
    '<script>alert(1)</script>',
  ],
  ...['null', 'undefined', 'NaN', '-1', '1e3', '0x10', '9'.repeat(30), '1.5', 'true', '[]', '{}'],
  ...['__proto__', 'constructor', 'toString', '{"$gt":""}', ' ', '\r\nX: y', 'a'.repeat(5_000)],
];
export const hostileText = fc.oneof(
  fc.constantFrom(...hostileTexts),
  fc.string({ unit: 'binary' }),
);

/** What stands where something else is expected. */
export const hostileValue: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.constantFrom(null, true, -1, 0.5, 1e308, 2 ** 53, [], {}, [[]], { __proto__: { a: 1 } }),
  fc.jsonValue({ maxDepth: 3 }),
);

/** Bodies that are no JSON, or JSON that no operation wants. */
export const hostileBodies = [
  ...['', '{', '}', 'null', '0', '"text"', '[]', '[null]', '{}', '{"a":1e999}', '{"a":1,"a":2}'],
  ...['{"__proto__":{"a":1}}', '\u0000', '{"name":"\\ud800"}', '\ufeff{}', 'a=1', "{'a':1}"],
  ...['['.repeat(600) + ']'.repeat(600), '{"a":'.repeat(499) + '1' + '}'.repeat(499)],
];

export const hostileTypes = [
  ...['text/plain', 'application/json; charset=utf-16', 'application/x-www-form-urlencoded'],
  ...['multipart/form-data', 'application/problem+json', 'application/json; charset=nothing'],
];

type Path = readonly PropertyKey[];

const pathsIn = (value: unknown, path: Path = []): Path[] => {
  if (typeof value !== 'object' || value === null) return [path];
  return [
    path,
    ...Reflect.ownKeys(value).flatMap((key) => pathsIn(Reflect.get(value, key), [...path, key])),
  ];
};

const without = Symbol('without');

const replaced = (value: unknown, [key, ...rest]: Path, other: unknown): unknown => {
  if (key === undefined) return other === without ? undefined : other;
  if (Array.isArray(value))
    return value.flatMap((item: unknown, index) => {
      if (String(index) !== key) return [item];
      return rest.length === 0 && other === without ? [] : [replaced(item, rest, other)];
    });
  const entries = Object.entries(value as object); // a path leads through objects and lists only
  return Object.fromEntries(
    entries.flatMap(([name, member]) => {
      if (name !== key) return [[name, member]];
      return rest.length === 0 && other === without ? [] : [[name, replaced(member, rest, other)]];
    }),
  );
};

/** The value with one thing in it left out or replaced by what does not belong there. */
export const spoilt = (valid: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc
    .tuple(valid, fc.nat(), fc.oneof(hostileValue, fc.constant(without)))
    .map(([value, at, other]) => {
      const paths = pathsIn(value);
      return replaced(value, paths[at % paths.length] ?? [], other);
    });
