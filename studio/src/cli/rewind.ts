import { createApi } from './api.ts';
import type { Command } from './command.ts';
import { executionWord } from './executionWord.ts';
import { exitCodes } from './exitCodes.ts';

export const rewind: Command = {
  name: 'rewind',
  summary: 'send a run back to an earlier node',
  usage: ['rewind EXECUTION NODE [--reason TEXT]'],
  notes: [
    'NODE and all that follows it happen anew; what comes before it stays. NODE is its id.',
    '--reason   is recorded with it',
  ],
  example: "rewind 01a20885-762b-7000-8000-01033061433a draft --reason 'The wrong price'",
  options: { reason: { type: 'string' } },
  maxWords: 2,
  run: async (shell, given) => {
    const id = executionWord(given);
    const node_id = given.word(1, 'NODE');
    const reason = given.text('reason') ?? null;
    const answer = await createApi(shell).post(`/executions/${id}/rewind`, { node_id, reason });
    shell.result(answer, () => [id]);
    return exitCodes.ok;
  },
};
