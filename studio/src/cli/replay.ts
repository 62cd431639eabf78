import { ReplayView } from '@studio/contracts';

import { createApi } from './api.ts';
import { columns } from './columns.ts';
import type { Command } from './command.ts';
import { executionWord } from './executionWord.ts';
import { exitCodes } from './exitCodes.ts';

const linesOf = (view: ReplayView): string[] => [
  `${view.status} after fact ${view.revision} of 0 to ${view.last_revision}`,
  ...columns(Object.entries(view.nodes).map(([instance, { status }]) => [`  ${instance}`, status])),
  ...view.timers.map((timer) => `  ${timer.instance_id} waits until ${timer.due_at}`),
  ...(view.output === null || view.output === undefined
    ? []
    : [`output  ${JSON.stringify(view.output)}`]),
  ...(view.failure === null || view.failure === undefined
    ? []
    : [`failure ${JSON.stringify(view.failure)}`]),
  `digest  ${view.digest}`,
];

export const replay: Command = {
  name: 'replay',
  summary: 'show how a run stood after one of its facts',
  usage: ['replay EXECUTION [--at REVISION]'],
  notes: [
    'Folded from the recorded facts alone: nothing is called and nothing runs again.',
    'Without --at: after the last fact.',
  ],
  example: 'replay 01a20885-762b-7000-8000-01033061433a --at 3',
  options: { at: { type: 'string' } },
  maxWords: 1,
  run: async (shell, given) => {
    const id = executionWord(given);
    const at = given.count('at');
    const query = at === undefined ? '' : `?at=${at}`;
    const answer = await createApi(shell).get(`/executions/${id}/replay${query}`);
    const view = ReplayView.parse(answer);
    shell.result(answer, () => linesOf(view));
    return exitCodes.ok;
  },
};
