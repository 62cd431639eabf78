import { afterAll, describe, expect, it } from '@jest/globals';

import { createExpressions } from './expressions.ts';
import { mostTimesLonger } from './expressions/limits.ts';

const timeoutMs = 400;
const expressions = createExpressions({ timeoutMs, maxResultBytes: 100_000 });
/** By the clock: what the limit allows, with a moment's grace, and the start of a fresh worker, which tries again what a used one broke down of. */
const boundMs = 15_000 + timeoutMs * mostTimesLonger + 500;
afterAll(() => expressions.close());

const deepFreeze = <Value>(value: Value): Value => {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
};
const scope = deepFreeze({
  trigger: { who: 'Ann' },
  input: { items: [{ n: 3 }, { n: 1 }, { n: 2 }], single: [7], text: 'aab', empty: [] },
  nodes: { first: { ok: true }, 'my node': [1, 2] },
  execution: { id: 'e-1' },
});
const evaluate = (expression: string, names: object = scope) =>
  expressions.evaluate(expression, names);
const refusal = async (expression: string, names: object = scope) => {
  const begun = performance.now();
  const error: unknown = await evaluate(expression, names).then(
    (result) => ({ result }),
    (reason: unknown) => reason,
  );
  return { error, ms: performance.now() - begun };
};

describe('the result', () => {
  it.each<[string, unknown]>([
    ['trigger.who', 'Ann'],
    ['input.items.n', [3, 1, 2]],
    ['input.items[n > 1].n', [3, 2]],
    ['input.items[n = 2]', { n: 2 }],
    ['input.single', [7]],
    ['input.empty', []],
    ['nodes.`my node`[1]', 2],
    ['$sum(input.items.n) & " " & execution.id', '6 e-1'],
    ['{"all": input.items.n, "none": input.nothing}', { all: [3, 1, 2] }],
    ['input.nothing', null],
    ['$trigger.who & $input.text', 'Annaab'],
    ['$keys($)', ['trigger', 'input', 'nodes', 'execution']],
    // What follows is evaluated in a worker.
    ['$map(input.items, function($v){ $v.n * 2 })', [6, 2, 4]],
    ['input.items^(n).n', [1, 2, 3]],
    ['$match(input.text, /a(a)?/).groups', ['a']],
    ['$replace(input.text, /a+/, "z")', 'zb'],
    ['[1..3]', [1, 2, 3]],
    ['input.items{$string(n): n}', { 1: 1, 2: 2, 3: 3 }],
    ['($x := input.text; $x & $x)', 'aabaab'],
    ['input ~> |items|{"n": n + 1}|', { ...scope.input, items: [{ n: 4 }, { n: 2 }, { n: 3 }] }],
    ['$count($$.nodes.**)', 5],
  ])('of %s', async (expression, result) => {
    expect(await evaluate(expression)).toEqual(result);
  });

  it('is plain JSON, fresh, wherever it was made', async () => {
    for (const expression of ['input.items', '$map(input.items, function($v){ $v })']) {
      const result = await evaluate(expression);
      expect(Object.keys(result as object)).toEqual(['0', '1', '2']); // a list of three
      expect(result).not.toBe(scope.input.items);
      expect(JSON.parse(JSON.stringify(result))).toEqual(result);
    }
  });

  it('is the same for a large scope as for a small one', async () => {
    const items = Array.from({ length: 5_000 }, (_, n) => ({ n, name: `item ${n}` }));
    expect(await evaluate('input.items[n > 4997].name', { input: { items } })).toEqual([
      'item 4998',
      'item 4999',
    ]);
  });

  it('keeps odd text as it is', async () => {
    const text = '\u0000 \ud800 \u2028 é 😀';
    expect(await evaluate('input', { input: text })).toBe(text);
    expect(await evaluate('$map([input], function($v){$v})[0]', { input: text })).toBe(text);
  });

  it('may use the extra names of a kind', async () => {
    expect(await evaluate('item.n > index', { ...scope, item: { n: 3 }, index: 2 })).toBe(true);
  });

  it('is right for many at once', async () => {
    const all = Array.from({ length: 40 }, (_, n) =>
      evaluate(`$map([${n}], function($v){$v + 1})`),
    );
    expect(await Promise.all(all)).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
  });
});

describe('a mistake', () => {
  it.each([
    ['input.', 6],
    ['input..a', 7],
    ['', 0],
    ['(a', 2],
    ['$match(input.text, /(?=a)b/)', 27],
    ['$match(input.text, /(a)\\1/)', 26],
  ])('in %s is found before anything runs, with its place', (expression, position) => {
    expect(() => expressions.check(expression)).toThrow(
      expect.objectContaining({ kind: 'refused', code: 'expression.invalid', extra: { position } }),
    );
  });

  it('may be a length or a nesting that nobody writes by hand', () => {
    const invalid = expect.objectContaining({ code: 'expression.invalid' });
    expect(() => expressions.check('a'.repeat(40_000))).toThrow(invalid);
    expect(() => expressions.check('('.repeat(15_000))).toThrow(invalid);
  });

  it.each(['"a" + 1', '$map(input.items, function($v){ $v + 1 })', '$nosuch()', '$error("mine")'])(
    'in %s fails when it is evaluated',
    async (expression) => {
      expect((await refusal(expression)).error).toMatchObject({
        kind: 'refused',
        code: 'expression.failed',
      });
    },
  );

  it.each(['$sum', 'function($x){$x}', '[$sum]', '{"f": function($x){$x}}', '1/0'])(
    'is a result that JSON cannot hold: %s',
    async (expression) => {
      expect((await refusal(expression)).error).toMatchObject({ code: 'expression.failed' });
    },
  );
});

describe('an expression that asks for too much', () => {
  it.each([
    ['calls itself for ever', '($f := function($n){ $f($n + 1) }; $f(0))', 'timeout'],
    ['calls itself without a tail', '($f := function($n){ 1 + $f($n + 1) }; $f(0))', 'too_deep'],
    [
      'loops in one long step',
      '$map([1..1000000], function($v){ $map([1..1000], function($w){ $w }) })',
      'timeout',
    ],
    ['stays in native code', '$count($distinct([1..20000].{"a":$}))', 'timeout'],
    [
      'doubles its text',
      `(${'$a := $a & $a;'.replace(/\$a & \$a/, '"xxxx"')}${'$a := $a & $a;'.repeat(20)}$a)`,
      'result_too_large',
    ],
    ['doubles its objects', `input${'.{"a":$,"b":$}'.repeat(40)}`, 'result_too_large'],
    ['doubles its text in steps', `input.text${'.($ & $)'.repeat(30)}`, 'result_too_large'],
    [
      'quotes its text over and over',
      `${'$string(["\\"",'.repeat(30)}""${'])'.repeat(30)}`,
      /timeout|result_too_large/,
    ],
    [
      'pads without measure',
      '$length($pad("x", 500000000)) ~> $string() ~> $pad(400000000)',
      /timeout|result_too_large/,
    ],
    ['makes a long list', '[1..9000000]', 'result_too_large'],
    [
      'copies its branches as it is parsed',
      `${'('.repeat(40)}input.text${' ?? input.z)'.repeat(40)}`,
      'invalid',
    ],
  ])('%s: refused in bounded time, and the next one works', async (_, expression, code) => {
    const { error, ms } = await refusal(expression);
    expect(error).toMatchObject({ kind: 'refused', code: expect.stringMatching(code) });
    expect(ms).toBeLessThan(boundMs);
    expect(await evaluate('$map([1], function($v){$v + 1})')).toBe(2);
  });

  it('is to blame for its own memory only', async () => {
    const patient = createExpressions({ timeoutMs: 20_000, maxWorkers: 1 });
    const greedy = patient.evaluate('$count($split($pad("x", 60000000), ""))', scope);
    const modest = patient.evaluate('$map([1..3], function($v){ $v })', scope);
    await Promise.allSettled([greedy]);
    expect(await modest).toEqual([1, 2, 3]);
    await patient.close();
  });

  it('keeps the process free while it runs', async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 10);
    await refusal('$count($distinct([1..20000].{"a":$}))');
    clearInterval(timer);
    expect(turns).toBeGreaterThan(10);
  });

  it('does not backtrack in its regular expressions', async () => {
    const input = `${'a'.repeat(5_000)}!`;
    expect(await evaluate('$contains(input, /^(a+)+$/)', { input })).toBe(false);
  });

  it('lets others have a turn between many cheap ones', async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    for (let n = 0; n < 3_000; n += 1) await evaluate('item * 2', { item: n });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(1);
  });
});

describe('what is out of reach', () => {
  it.each([
    'input.constructor',
    'input.constructor.constructor("return process")()',
    'input.__proto__',
    '$.constructor',
    '$lookup(input, "__proto__")',
    '$lookup($, "constructor")',
    'input.items.constructor.prototype',
    '"x".constructor',
    '$sum.constructor',
    '$sum.implementation',
    '(function($x){$x}).constructor',
    'process',
    'globalThis',
    '$process',
    '$require',
  ])('%s is nothing', async (expression) => {
    const { error } = await refusal(expression);
    expect([{ result: null }, { code: 'expression.failed' }]).toContainEqual(
      error instanceof Error ? { code: (error as Error & { code?: string }).code } : error,
    );
  });

  it.each([
    '{"__proto__": {"polluted": 1}}',
    '$merge([{"__proto__": {"polluted": 1}}, input])',
    '$merge(input)',
    'input ~> |$|{"__proto__": {"polluted": 1}}|',
    '(function($x){$x}).*.bind("sum", 1)',
    '$sum.*("x")',
    '$each(function($x){$x}, function($v){$v})',
    '$sift(input, function($v, $k){ $k = "__proto__" })',
    '$spread(input)',
  ])('%s changes nothing for others', async (expression) => {
    const names = { input: JSON.parse('{"__proto__":{"polluted":2},"a":1}') as object };
    await refusal(expression, names);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    expect(await evaluate('[input.polluted, {}.polluted, $sum([1,2])]', { input: {} })).toEqual([
      3,
    ]);
    expect(
      await evaluate('$map([1], function($v){[$v.polluted, {}.polluted, $sum([1,2])]})[0]', {}),
    ).toEqual([3]);
  });

  it('has neither the environment nor the arguments of the process', async () => {
    expect(await evaluate('$exists($env) or $exists($argv) or $exists(env)')).toBe(false);
  });
});

describe('being called off', () => {
  it('ends the evaluation at once and lets later ones work', async () => {
    const patient = createExpressions({ timeoutMs: 3_600_000, maxWorkers: 1 });
    const call = new AbortController();
    const endless = '($again := function($n) { $again($n + 1) }; $again(0))';
    const long = patient.evaluate(endless, scope, call.signal);
    setTimeout(() => call.abort(), 50);
    await expect(long).rejects.toMatchObject({ kind: 'cancelled', code: 'effect.cancelled' });
    expect(await patient.evaluate('$map([1], function($v){$v})[0]', scope)).toBe(1);
    await patient.close();
  });

  it('takes one that waits out of the queue', async () => {
    const call = new AbortController();
    const busy = [1, 2].map(() => refusal('$count($distinct([1..20000].{"a":$}))'));
    const waiting = expressions.evaluate('[1..3]', scope, call.signal);
    call.abort();
    await expect(waiting).rejects.toMatchObject({ kind: 'cancelled' });
    await Promise.all(busy);
  });

  it('refuses what starts after it', async () => {
    const signal = AbortSignal.abort();
    await expect(expressions.evaluate('1', scope, signal)).rejects.toMatchObject({
      code: 'effect.cancelled',
    });
  });
});

it('renders settings over the scope', async () => {
  const settings = { url: 'https://a.test/{{ trigger.who }}', n: '{{ input.items[0].n }}' };
  expect(await expressions.render(settings, scope)).toEqual({ url: 'https://a.test/Ann', n: 3 });
  await expect(expressions.render('{{ input. }}', scope)).rejects.toMatchObject({
    code: 'expression.invalid',
  });
});
