import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { createLineBuffer } from './lineBuffer.ts';
import { createLogger } from './logger.ts';
import { openRotatingFile } from './rotatingFile.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'studio-logs-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

describe('the log', () => {
  it('strikes out what nobody may read, by name and by looks', () => {
    const logger = createLogger({ folder, level: 'info', console: 'text' });
    const jwt = `eyJhbGciOiJFZERTQSJ9.${'a'.repeat(40)}.${'b'.repeat(40)}`;
    const secrets = {
      ...{
        authorization: 'Bearer s3cret-0',
        headers: { cookie: 's3cret-1', authorization: 's3cret-2' },
      },
      ...{ request: { body: { of: 's3cret-3' }, headers: { 'set-cookie': 's3cret-4' } } },
      ...{
        email: 's3cret-5@example.org',
        otp: '123456',
        code: '654321',
        trigger_data: { x: 's3cret-6' },
      },
      ...{
        said: `bearer s3cret-7 ${jwt}`,
        url: 'https://u:s3cret-8@h/webhooks/s3cret-9-aaaaaaaaaaaaaaaa?token=s3cret-a',
      },
    };
    logger.error({ ...secrets, kept: 'this' }, `GET /ws?token=s3cret-b&after=1`);
    for (const name of ['app.log', 'error.log']) {
      const text = read(name);
      expect(text).not.toMatch(/s3cret|eyJ|123456|654321/);
      expect(text).toContain('"kept":"this"');
      expect(text).toContain('&after=1');
      expect(() => JSON.parse(text) as unknown).not.toThrow();
    }
  });

  it("shows an error's code", () => {
    const logger = createLogger({ folder, level: 'info', console: 'text' });
    logger.error({ code: 'ECONNREFUSED' }, 'failed');
    expect(read('error.log')).toContain('ECONNREFUSED');
  });

  it('keeps errors alone in a file of their own, and writes them at once', () => {
    const logger = createLogger({ folder, level: 'info', console: 'text' });
    logger.info({}, 'first');
    logger.error({}, 'second');
    expect(
      read('app.log')
        .split('\n')
        .map((line) => (line === '' ? '' : (JSON.parse(line) as { msg: string }).msg)),
    ).toEqual(['first', 'second', '']);
    expect(read('error.log')).not.toContain('first');
  });

  it('says nothing below its level', () => {
    const logger = createLogger({ folder, level: 'error', console: 'text' });
    logger.info({}, 'unheard');
    logger.error({}, 'heard');
    expect(read('app.log')).not.toContain('unheard');
  });
});

describe('a log file', () => {
  it('is put aside when it is full, and the oldest goes', () => {
    const write = openRotatingFile({ path: join(folder, 'a.log'), maxBytes: 100, keep: 2 });
    for (let line = 0; line < 10; line += 1) write(`${line}${'x'.repeat(58)}\n`);
    expect(readdirSync(folder).sort()).toEqual(['a.log.1', 'a.log.2']);
    expect(read('a.log.1')).toMatch(/^8x+\n9x+\n$/);
    write('again\n');
    expect(read('a.log')).toBe('again\n');
  });

  it('goes on where an earlier process left it', () => {
    const path = join(folder, 'a.log');
    openRotatingFile({ path, maxBytes: 20, keep: 1 })('0123456789\n');
    openRotatingFile({ path, maxBytes: 20, keep: 1 })('abcdefghij\n');
    expect(read('a.log.1')).toBe('0123456789\nabcdefghij\n');
  });

  it('tells how many lines were lost once it can be written again', () => {
    const blocked = openRotatingFile({ path: join(folder, 'file', 'a.log'), maxBytes: 0, keep: 1 });
    openRotatingFile({ path: join(folder, 'file'), maxBytes: 0, keep: 1 })('not a folder\n');
    blocked('one\ntwo\n');
    blocked('three\n');
    rmSync(join(folder, 'file'));
    blocked('four\n');
    expect(read('file/a.log')).toBe('{"level":40,"lost":3,"msg":"lines were lost"}\nfour\n');
  });
});

describe('a line buffer', () => {
  it('passes an urgent line on at once, after those that wait', () => {
    const passed: string[] = [];
    const buffer = createLineBuffer((text) => void passed.push(text));
    buffer.write('a\n', false);
    expect(passed).toEqual([]);
    buffer.write('b\n', true);
    expect(passed).toEqual(['a\nb\n']);
  });

  it('keeps the rest back for a moment only, and never much', async () => {
    const passed: string[] = [];
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const buffer = createLineBuffer((text) => {
      passed.push(text);
      resolve(undefined);
    });
    buffer.write('later\n', false);
    const keepsTheProcess = setInterval(() => undefined, 10);
    await promise;
    clearInterval(keepsTheProcess);
    expect(passed).toEqual(['later\n']);
    buffer.write('x'.repeat(70_000), false);
    expect(passed).toHaveLength(2);
  });
});
