import { describe, expect, it } from '@jest/globals';

import { compile, syntaxTree } from './compile.ts';
import { isPlainSyntax } from './plainSyntax.ts';
import { usedNames } from './usedNames.ts';

const treeOf = (expression: string) =>
  syntaxTree(compile(expression, { timeoutMs: 100, maxDepth: 100 }));

describe('plain syntax', () => {
  it.each([
    'input.price',
    'input.items[price > 3 and name != "x"].name',
    'nodes.`my node`.list[0]',
    '{"total": $sum(input.items.(price * count)), "list": [1, input.a]}',
    'input.a ? "yes" : -1',
    'input.a ?? "none"',
    '"Hello " & input.name & "!"',
    '$count(input.items[$ > 3]) in [1, 2]',
    'input.*',
    '$join(input.names, ", ")',
    'item.keep and index < 3',
  ])('%s', (expression) => {
    expect(isPlainSyntax(treeOf(expression))).toBe(true);
  });
});

describe('not plain', () => {
  it.each([
    'function($x){$x}(1)',
    '[1..1000000]',
    '$match(input.a, /a+/)',
    '$map(input, function($x){$x})',
    'input ~> $sum()',
    '($x := 1; $x)',
    '$pad("a", 1000000000)',
    '$replace(input, "a", input)',
    '$join(input, input)',
    '$eval("1")',
    'input.**',
    'input^(a)',
    'input{a: b}',
    'input#$i',
    'input@$i.a',
    'input.a.%.b',
    'input.{"a":$,"b":$}',
    'input[[$,$]]',
    '$other',
    '$sum',
    '| input | {"a":1} |',
    `[${'input,'.repeat(600)}1]`,
  ])('%s', (expression) => {
    expect(isPlainSyntax(treeOf(expression))).toBe(false);
  });
});

it.each<[string, string[] | 'all']>([
  ['item.price > 3', ['item', 'price']],
  ['$item.price', ['item', 'price']],
  ['$contains(item.name, /x/)', ['contains', 'item', 'name']],
  ['$map(input, function($v){ $v.a })', ['a', 'input', 'map', 'v']],
  ['$now()', ['now']],
  ['$$.input', 'all'],
  ['$', 'all'],
  ['*', 'all'],
  ['**.a', 'all'],
  ['$string()', 'all'],
  ['$lookup("input")', 'all'],
  ['$eval("input")', 'all'],
  ['(function($x)<o-:o>{$x})()', 'all'],
])('%s reads %j', (expression, names) => {
  const used = usedNames(treeOf(expression));
  expect(typeof used === 'string' ? used : Array.from(used).sort()).toEqual(names);
});
