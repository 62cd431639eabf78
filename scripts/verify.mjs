// Everything a change must pass: format, lint, boundaries, types and the OpenAPI document side by side, then the tests (flags go to Jest).
import { spawnSync } from 'node:child_process';

const run = (command, args) => {
  const { status } = spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' },
  });
  if (status !== 0) process.exit(status ?? 1);
};

const checks = [
  'format:check',
  'lint',
  'boundaries',
  'typecheck',
  'lint:openapi',
  'generate:check',
];
run('turbo', ['run', ...checks, '--no-color']);
const args = process.argv.slice(2);
const all = args.every((arg) => arg.startsWith('--')); // a selection of tests covers what it covers
run('npm', ['run', '-s', 'coverage', '--', ...(all ? ['--at-least=85'] : []), ...args]);
