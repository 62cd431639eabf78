// npm runs this last in every install: it leaves the stamp that `install.mjs` looks for, and sets git's hooks.
import { existsSync } from 'node:fs';

import { markInstalled } from './installed.mjs';

markInstalled();

const { CI, HUSKY } = process.env;
if (existsSync('.git') && CI === undefined && HUSKY !== '0') {
  try {
    const { default: husky } = await import('husky');
    process.stdout.write(husky());
  } catch {
    // A production install has no husky; hooks are a convenience, never a reason to fail.
  }
}
