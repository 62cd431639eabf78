// Everything a change must pass: format, lint, boundaries and types side by side, then the tests (flags go to Jest).
import { spawnSync } from 'node:child_process';

const run = (command, args) => {
  const { status } = spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' },
  });
  if (status !== 0) process.exit(status ?? 1);
};

run('turbo', ['run', 'format:check', 'lint', 'boundaries', 'typecheck', '--no-color']);
run('npm', ['test', '--', ...process.argv.slice(2)]);
