// Installs the packages if they are missing or older than the lockfile. Plain JavaScript without imports of its own
// beside Node's: it must run on the Node that the machine happens to have.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { realpathSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';

import { isInstalled } from './installed.mjs';

const say = (line) => process.stderr.write(`${line}\n`);

/** Listens on a name of the kernel (no file, freed even by kill -9): one install per checkout at a time. */
const lockOnce = () =>
  new Promise((resolve, reject) => {
    const path = createHash('sha256').update(realpathSync('.')).digest('hex');
    const server = createServer();
    server.once('error', (error) => (error.code === 'EADDRINUSE' ? resolve(false) : reject(error)));
    server.listen({ path: `\0studio-install-${path}` }, () => {
      server.unref();
      resolve(true);
    });
  });

/** Only Linux has such names; elsewhere two first starts at once are the caller's to avoid. */
const lock = async () => {
  if (process.platform !== 'linux') return;
  let told = false;
  while (!(await lockOnce())) {
    if (!told) say('Another command is installing the packages; waiting for it …');
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
};

/** npm as it was started, without our own .bin on the PATH: the Node in there is about to be replaced. */
const npm = () => {
  const { npm_execpath: script, npm_node_execpath: node, PATH = '' } = process.env;
  const bin = join('node_modules', '.bin');
  const path = PATH.split(delimiter).filter((folder) => !folder.endsWith(bin));
  return {
    command: script ? (node ?? process.execPath) : 'npm',
    before: script ? [script] : [],
    env: { ...process.env, PATH: path.join(delimiter) },
  };
};

const install = () =>
  new Promise((resolve) => {
    const { command, before, env } = npm();
    const flags = ['--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
    const child = spawn(command, [...before, 'ci', ...flags], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    // The beginning: npm says what is wrong first, and then at length how it is used.
    let output = '';
    const keep = (chunk) => (output = (output + chunk).slice(0, 2000));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ code: 1, output: error.message }));
    child.on('close', (code) => resolve({ code, output }));
  });

if (!isInstalled()) {
  await lock();
  if (!isInstalled()) {
    say('Installing the packages (once; about a minute) …');
    const started = performance.now();
    const { code, output } = await install();
    if (code !== 0 || !isInstalled()) {
      say(`${output.trimEnd()}\nThe packages could not be installed: npm ci ended with ${code}.`);
      process.exit(1);
    }
    say(`Installed in ${Math.round((performance.now() - started) / 1000)} s.`);
  }
}
