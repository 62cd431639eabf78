import { createApi } from './api.ts';
import type { Command } from './command.ts';
import { executionWord } from './executionWord.ts';
import { exitCodes } from './exitCodes.ts';
import { startedId } from './startedId.ts';
import { watchRun } from './watchRun.ts';

export const rerun: Command = {
  name: 'rerun',
  summary: 'run all of a run again, as another one',
  usage: ['rerun EXECUTION [--watch]'],
  notes: [
    'The other run has the same trigger, context, names, limits and definition.',
    '--watch   shows it until it ends, as the command watch does',
  ],
  example: 'rerun 01a20885-762b-7000-8000-01033061433a --watch',
  options: { watch: { type: 'boolean' } },
  maxWords: 1,
  run: async (shell, given) => {
    const api = createApi(shell);
    const answer = await api.post(`/executions/${executionWord(given)}/rerun`, {});
    const id = startedId(answer);
    if (given.flag('watch')) return watchRun(shell, api, id);
    shell.result(answer, () => [id]);
    return exitCodes.ok;
  },
};
