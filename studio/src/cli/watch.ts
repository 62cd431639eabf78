import { createApi } from './api.ts';
import type { Command } from './command.ts';
import { executionWord } from './executionWord.ts';
import { watchRun } from './watchRun.ts';

export const watch: Command = {
  name: 'watch',
  summary: 'show a run fact by fact, live, until it ends',
  usage: ['watch EXECUTION'],
  notes: [
    'Begins with the first fact, and goes on by itself after a lost connection or a restart.',
    'Ends with 0 if the run completed, with 1 if it failed or was cancelled.',
  ],
  example: 'watch 01a20885-762b-7000-8000-01033061433a',
  maxWords: 1,
  run: (shell, given) => watchRun(shell, createApi(shell), executionWord(given)),
};
