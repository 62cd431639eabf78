import { expect, it } from '@jest/globals';

import { render } from './render.ts';
import { parseTemplate } from './template.ts';

it.each([
  ['plain', [{ text: 'plain' }]],
  ['', []],
  ['{{a}}', [{ expression: 'a' }]],
  [
    'x {{ a.b }} y{{c}}',
    [{ text: 'x ' }, { expression: 'a.b' }, { text: ' y' }, { expression: 'c' }],
  ],
  ['{{ {"a":{"b":1}} }}', [{ expression: '{"a":{"b":1}}' }]],
  ['{{{"a":{"b":1}}}}', [{ expression: '{"a":{"b":1}}' }]],
  ['{{ "}}" & \'{{\' }}', [{ expression: '"}}" & \'{{\'' }]],
  ['{{ "\\"}}" }}', [{ expression: '"\\"}}"' }]],
  ['{{ `}}` }}!', [{ expression: '`}}`' }, { text: '!' }]],
  ['a }} b', [{ text: 'a }} b' }]],
  ['{{}}', [{ expression: '' }]],
])('%s is cut at its expressions', (text, parts) => {
  expect(parseTemplate(text)).toEqual(parts);
});

it.each([
  ['a {{ b', 2],
  ['{{ "}}', 0],
  ['{{ a }} {{ (b }}', 8],
])('%s is refused at the {{ that nothing closes', (text, position) => {
  expect(() => parseTemplate(text)).toThrow(
    expect.objectContaining({ code: 'expression.invalid', extra: { position } }),
  );
});

const values: Record<string, unknown> = { n: 3, o: { a: [1] }, s: 'text', nothing: null };
const filled = (settings: unknown) =>
  render(settings, async (expression) => values[expression] ?? null);

it('keeps the type of a text that is nothing but one expression', async () => {
  expect(await filled({ a: '{{n}}', b: '{{ o }}', c: ['{{s}}', '{{nothing}}'] })).toEqual({
    a: 3,
    b: { a: [1] },
    c: ['text', null],
  });
});

it('fills in every other text, with JSON for what is no text', async () => {
  expect(await filled('{{s}}-{{n}}-{{o}}-{{nothing}}')).toBe('text-3-{"a":[1]}-null');
  expect(await filled(' {{n}}')).toBe(' 3');
});

it('leaves fields called expression, keys and other values alone', async () => {
  const settings = { expression: '{{n}}', deep: [{ expression: ['{{n}}'] }], '{{n}}': 1, z: null };
  expect(await filled(settings)).toEqual(settings);
});

it('keeps a member called __proto__ a member', async () => {
  const rendered = await filled(JSON.parse('{"__proto__":{"a":"{{n}}"}}'));
  expect(JSON.stringify(rendered)).toBe('{"__proto__":{"a":3}}');
});

it('refuses settings without a bottom', async () => {
  let deep: unknown = '{{n}}';
  for (let n = 0; n < 300; n += 1) deep = [deep];
  await expect(filled(deep)).rejects.toMatchObject({ code: 'expression.too_deep' });
});
