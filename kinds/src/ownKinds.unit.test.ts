import { describe, expect, it } from '@jest/globals';
import { nodeKind } from '@studio/contracts';
import { z } from 'zod';

import { createNodeKinds, ownKindsOf } from './index.ts';
import { checkKind, contextOf } from './testing/index.ts';

const shout = nodeKind({
  kind: 'shout',
  major: 1,
  type: 'action',
  title: 'Shout',
  description: 'Says it louder.',
  config: z.object({ text: z.string() }),
  effect: 'pure',
  outputs: ['output', 'silent'],
  run: async ({ config: { text } }) => ({ output: text.toUpperCase() }),
});
const file = (name: string, ...kinds: readonly unknown[]) => ({
  file: name,
  exports: Object.fromEntries(kinds.map((kind, index) => [`kind${index}`, kind])),
});

describe('kinds of one’s own', () => {
  it('stand beside the built-in ones, by name and by name@major, the newest major first', () => {
    const { kinds, problems } = ownKindsOf([
      file('shout.ts', shout),
      file('shout2.ts', { ...shout, major: 2 }),
    ]);
    expect(problems).toEqual([]);
    const all = createNodeKinds(kinds);
    expect([all.find('shout')?.major, all.find('shout@1')?.major]).toEqual([2, 1]);
    expect(all.find('noop')?.kind).toBe('noop');
    const origins = all.catalogue().map(({ kind, origin }) => `${kind} ${origin}`);
    expect(origins.slice(-3)).toEqual(['noop built-in', 'shout own', 'shout own']);
    expect(all.catalogue().at(-1)?.config).toMatchObject({ required: ['text'] });
  });

  it('are taken by default and by name alike', () => {
    const exports = { default: shout, shout, separator: ',', settings: { text: 'a' } };
    expect(ownKindsOf([{ file: 'shout.mjs', exports }]).kinds).toEqual([shout]);
  });

  it('are refused with the name of their file', () => {
    const { kinds, problems } = ownKindsOf([
      file('a.ts', shout),
      file('b.ts', { ...shout }),
      file('c.ts'),
      file('d.ts', shout, { ...shout, kind: 'whisper' }),
      file('e.ts', { ...shout, title: '', effect: 'harmless' }),
    ]);
    expect(kinds).toEqual([shout]);
    expect(problems).toEqual([
      'b.ts: shout@1 is in a.ts already',
      'c.ts: exports no kind: export const … = nodeKind({ … })',
      'd.ts: exports 2 kinds; a file holds one',
      expect.stringMatching(/^e\.ts: title: /),
      expect.stringMatching(/^e\.ts: effect: pure, idempotent, unsafe, or a function/),
    ]);
  });

  it.each([
    [{ kind: 'http-request' }, 'kind: http-request is a kind of the studio’s own'],
    [{ kind: 'merge', major: 2 }, 'kind: merge is a kind of the studio’s own'],
    [{ kind: 'Shout' }, 'kind: lower-case words'],
    [{ major: 0 }, 'major: '],
    [{ type: 'trigger' }, 'type: '],
    [{ config: undefined }, 'config: a z.object'],
    [{ config: { text: 'string' } }, 'config: a z.object'],
    [{ config: z.string() }, 'config: a z.object'],
    [{ config: z.object({ at: z.date() }) }, 'config: a z.object({ … }) of what JSON can hold'],
    [{ effect: undefined }, 'effect: '],
    [{ effect: 'timer' }, 'effect: '],
    [{ outputs: [] }, 'outputs: '],
    [{ outputs: ['error'] }, 'outputs.0: error is an output of every kind'],
    [{ outputs: ['a', 'a'] }, 'outputs: each of them once'],
    [{ run: undefined }, 'run: a function'],
    [{ region: () => null }, 'region: left out'],
  ])('must be declared whole: %j', (change, problem) => {
    expect(checkKind(shout)).toEqual([]);
    expect(checkKind({ ...shout, ...change }).join('\n')).toContain(problem);
  });
});

describe('what a kind of one’s own does', () => {
  const ran = (change: object, config: unknown = { text: 'a' }) => {
    const kind = createNodeKinds([{ ...shout, ...change } as never]).find('shout'); // a kind, as checked
    const { context, asked } = contextOf({ config });
    return { outcome: Promise.resolve(kind?.run?.(context)), asked };
  };
  const request = (method: string, headers = {}) => ({
    run: async ({ http, signal }: ReturnType<typeof contextOf>['context']) => {
      const url = 'https://a.example';
      await http.request({ method, url, headers, timeoutMs: 1, signal });
      return { output: null };
    },
  });
  const refused = { kind: 'refused', code: 'kind.outside_declaration' };

  it('goes on by an output that it declares', async () => {
    await expect(ran({}).outcome).resolves.toEqual({ output: 'A' });
    const by = (handle: string) => ran({ run: async () => ({ output: 1, handle }) }).outcome;
    await expect(by('silent')).resolves.toEqual({ output: 1, handle: 'silent' });
    await expect(by('loud')).rejects.toMatchObject(refused);
    await expect(ran({ run: async () => 'A' }).outcome).rejects.toMatchObject(refused);
  });

  it.each([
    ['pure', 'GET', {}, 0],
    ['idempotent', 'POST', {}, 0],
    ['idempotent', 'POST', { 'idempotency-key': 'key-1' }, 1],
    ['idempotent', 'GET', {}, 1],
    ['unsafe', 'POST', {}, 1],
  ])('being %s, it sends a %s with %j %i times', async (effect, method, headers, times) => {
    const { outcome, asked } = ran({ effect, ...request(method, headers) });
    if (times === 0) await expect(outcome).rejects.toMatchObject(refused);
    else await expect(outcome).resolves.toEqual({ output: null });
    expect(asked.http).toHaveLength(times);
  });

  it('asks a model only if it is not pure', async () => {
    const run = async (context: ReturnType<typeof contextOf>['context']) => ({
      output: (await context.models.complete({ model: 'm', prompt: 'p', maxTokens: 1 }, context))
        .text,
    });
    await expect(ran({ run }).outcome).rejects.toMatchObject(refused);
    await expect(ran({ effect: 'idempotent', run }).outcome).resolves.toMatchObject({
      output: 'the answer',
    });
  });

  it('has one of the effects that a kind may have, whatever its function says', async () => {
    await expect(ran({ effect: () => 'harmless' }).outcome).rejects.toMatchObject(refused);
    await expect(ran({ effect: () => 'pure' }).outcome).resolves.toEqual({ output: 'A' });
  });
});
