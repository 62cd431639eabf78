import type { Commands } from './dispatch.ts';

/** Each is loaded when it is typed: most need little of the studio, and all of it takes a second to load. */
export const commands: Commands = new Map([
  ['login', async () => (await import('./login.ts')).login],
  ['workflows', async () => (await import('./workflows.ts')).workflows],
  ['run', async () => (await import('./run.ts')).run],
  ['rerun', async () => (await import('./rerun.ts')).rerun],
  ['rewind', async () => (await import('./rewind.ts')).rewind],
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
