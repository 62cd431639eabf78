import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { deriveKey, loadMasterKey, parseMasterKey } from './masterKey.ts';

const hex = '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f';

let dataDir = '';
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'studio-master-'));
});
afterEach(() => rm(dataDir, { recursive: true }));

describe('the master key', () => {
  it('is made once, for its owner alone, whoever comes first', async () => {
    const loads = Array.from({ length: 8 }, () => loadMasterKey({ dataDir }));
    const [first, ...others] = await Promise.all(loads);
    for (const other of others) expect(other).toEqual(first);
    const folder = join(dataDir, 'keys');
    expect(await readdir(folder)).toEqual(['master.key']);
    expect((await stat(join(folder, 'master.key'))).mode & 0o777).toBe(0o600);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect(await readFile(join(folder, 'master.key'), 'utf8')).toBe(`${first?.toString('hex')}\n`);
  });

  it('closes a key file that others could read', async () => {
    await loadMasterKey({ dataDir });
    const file = join(dataDir, 'keys', 'master.key');
    await chmod(file, 0o644);
    await loadMasterKey({ dataDir });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('comes from SECRET_KEY where that is set, and then no file is made', async () => {
    expect(await loadMasterKey({ secretKey: hex, dataDir })).toEqual(Buffer.from(hex, 'hex'));
    expect(await readdir(dataDir)).toEqual([]);
  });

  it.each(['', 'change-me', hex.slice(1), `${hex}00`, '0'.repeat(64), '0123'.repeat(16)])(
    'refuses %j in one clear line',
    (weak) => {
      expect(() => parseMasterKey(weak, 'SECRET_KEY')).toThrow(/^SECRET_KEY [^\n]+rand -hex 32\)$/);
    },
  );

  it('refuses a damaged file rather than making another key over it', async () => {
    await loadMasterKey({ dataDir });
    await writeFile(join(dataDir, 'keys', 'master.key'), 'half');
    await expect(loadMasterKey({ dataDir })).rejects.toThrow(
      'master.key must be 64 hex characters',
    );
  });

  it('yields another key for each purpose, frozen by RFC 5869', () => {
    const master = parseMasterKey(hex, 'test');
    expect(deriveKey(master, 'studio/data-keys/1').toString('hex')).toBe(
      'd3a47c60fd0119b852a7fdb9d76fc2a20eb49c4735e672ecef9efbdcdf550ed7',
    );
    expect(deriveKey(master, 'studio/other/1')).not.toEqual(
      deriveKey(master, 'studio/data-keys/1'),
    );
  });
});
