#!/usr/bin/env -S node --disable-warning=ExperimentalWarning
import { type Commands, dispatch } from './dispatch.ts';
import { exitCodes } from './exitCodes.ts';

/** Each is loaded when it is typed: most need little of the studio, and all of it takes a second to load. */
const commands: Commands = new Map([
  ['login', async () => (await import('./login.ts')).login],
  ['workflows', async () => (await import('./workflows.ts')).workflows],
  ['run', async () => (await import('./run.ts')).run],
  ['watch', async () => (await import('./watch.ts')).watch],
  ['events', async () => (await import('./events.ts')).events],
  ['replay', async () => (await import('./replay.ts')).replay],
  ['verify', async () => (await import('./verify.ts')).verify],
  ['archive', async () => (await import('./archive.ts')).archive],
  ['export', async () => (await import('./transfer.ts')).exportCommand],
  ['import', async () => (await import('./transfer.ts')).importCommand],
  ['ops', async () => (await import('./ops.ts')).ops],
  ['executors', async () => (await import('./executors.ts')).executors],
  ['projections', async () => (await import('./projections.ts')).projections],
  ['migrate', async () => (await import('./migrate.ts')).migrateCommand],
  ['serve', async () => (await import('./serve.ts')).serve],
]);

// `studio … | head` closes the pipe when it has read enough: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? exitCodes.ok : exitCodes.failed);
});

process.exitCode = await dispatch(commands, process.argv.slice(2), process.env);
