import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const stamp = join('node_modules', '.studio-installed');

/** What an install depends on. No path is part of it, so a copied checkout with its node_modules just runs. */
const wanted = () =>
  createHash('sha256')
    .update(readFileSync('package-lock.json'))
    .update(`${process.platform}-${process.arch}`)
    .digest('hex');

/** True when node_modules holds what the lockfile says, with every install script done. */
export const isInstalled = () =>
  existsSync(join('node_modules', '.bin', 'node')) &&
  existsSync(stamp) &&
  readFileSync(stamp, 'utf8') === wanted();

export const markInstalled = () => {
  writeFileSync(stamp, wanted());
};
