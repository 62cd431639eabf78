#!/usr/bin/env -S node --disable-warning=ExperimentalWarning
import { archive } from './archive.ts';
import { dispatch } from './dispatch.ts';
import { events } from './events.ts';
import { executors } from './executors.ts';
import { exitCodes } from './exitCodes.ts';
import { login } from './login.ts';
import { migrateCommand } from './migrate.ts';
import { ops } from './ops.ts';
import { projections } from './projections.ts';
import { replay } from './replay.ts';
import { run } from './run.ts';
import { serve } from './serve.ts';
import { exportCommand, importCommand } from './transfer.ts';
import { verify } from './verify.ts';
import { watch } from './watch.ts';
import { workflows } from './workflows.ts';

const commands = [
  login,
  workflows,
  run,
  watch,
  events,
  replay,
  verify,
  archive,
  exportCommand,
  importCommand,
  ops,
  executors,
  projections,
  migrateCommand,
  serve,
];

// `studio … | head` closes the pipe when it has read enough: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? exitCodes.ok : exitCodes.failed);
});

process.exitCode = await dispatch(commands, process.argv.slice(2), process.env);
