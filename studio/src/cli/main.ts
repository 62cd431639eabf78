#!/usr/bin/env -S node --disable-warning=ExperimentalWarning
import { commands } from './commands.ts';
import { dispatch } from './dispatch.ts';
import { exitCodes } from './exitCodes.ts';
import { ownTerminal } from './terminal.ts';

// `studio … | head` closes the pipe when it has read enough: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? exitCodes.ok : exitCodes.failed);
});

process.exitCode = await dispatch(commands, process.argv.slice(2), ownTerminal());
