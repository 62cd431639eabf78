import { createHash } from 'node:crypto';
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { FileStorage } from '@studio/contracts';

import { createInMemoryFileStorage } from './inMemoryFileStorage.ts';
import { createLocalFileStorage } from './localFileStorage.ts';

const bytes = Buffer.from([0, 255, 10, 13, 0]);
const sha256 = createHash('sha256').update(bytes).digest('hex');
const ref = `workspace-1/${sha256}`;

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'studio-files-'));
});
afterEach(() => rm(folder, { recursive: true }));

const storages: [string, () => FileStorage][] = [
  ['local', () => createLocalFileStorage(folder)],
  ['in-memory', () => createInMemoryFileStorage()],
];

describe.each(storages)('the %s file storage', (_, create) => {
  it('gives back the bytes that it took, as often as they come', async () => {
    const files = create();
    await Promise.all([files.put(ref, bytes), files.put(ref, bytes)]);
    await files.put(ref, bytes);
    expect(Buffer.from((await files.get(ref)) ?? [])).toEqual(bytes);
  });

  it('answers null for what is not there, and removes twice', async () => {
    const files = create();
    expect(await files.get(ref)).toBeNull();
    await files.put(ref, bytes);
    await files.remove(ref);
    await files.remove(ref);
    expect(await files.get(ref)).toBeNull();
  });

  it.each([
    '',
    'a',
    `../${sha256}`,
    `a/../${sha256}`,
    `a/${sha256}/..`,
    `/${sha256}`,
    `a/${sha256}\n`,
  ])('refuses the name %j', async (name) => {
    const files = create();
    const refused = { code: 'request.invalid' };
    await expect(files.put(name, bytes)).rejects.toMatchObject(refused);
    await expect(files.get(name)).rejects.toMatchObject(refused);
    await expect(files.remove(name)).rejects.toMatchObject(refused);
  });

  it('refuses bytes under the name of others', async () => {
    const refused = { code: 'request.invalid' };
    await expect(create().put(ref, Buffer.from('x'))).rejects.toMatchObject(refused);
  });
});

describe('the local file storage', () => {
  it('leaves nothing but the file, closed to others', async () => {
    await createLocalFileStorage(folder).put(ref, bytes);
    const file = join(folder, 'workspace-1', sha256.slice(0, 2), sha256);
    const found = await readdir(folder, { recursive: true, withFileTypes: true });
    expect(found.filter((entry) => entry.isFile()).map(({ name }) => name)).toEqual([sha256]);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('writes a file again that is there only in part', async () => {
    const files = createLocalFileStorage(folder);
    await files.put(ref, bytes);
    const file = join(folder, 'workspace-1', sha256.slice(0, 2), sha256);
    await chmod(file, 0o600);
    await writeFile(file, 'x');
    await files.put(ref, bytes);
    expect(await files.get(ref)).toEqual(bytes);
  });

  it('says unavailable when the disk refuses', async () => {
    await writeFile(join(folder, 'workspace-1'), 'a file where the folder should be');
    const failed = { kind: 'unavailable', code: 'service.unavailable' };
    await expect(createLocalFileStorage(folder).put(ref, bytes)).rejects.toMatchObject(failed);
  });
});
