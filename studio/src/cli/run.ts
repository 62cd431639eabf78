import { readFileSync } from 'node:fs';

import { createApi } from './api.ts';
import type { Command } from './command.ts';
import { CommandError, exitCodes } from './exitCodes.ts';
import { namedWorkflow } from './namedWorkflow.ts';
import type { Shell } from './shell.ts';
import { startedId } from './startedId.ts';
import { watchRun } from './watchRun.ts';

const fileText = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new CommandError(exitCodes.usage, `${path} cannot be read`, cause);
  }
};

const triggerData = (shell: Shell, given: string): unknown => {
  const text = given.startsWith('@') ? fileText(shell.path(given.slice(1))) : given;
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new CommandError(
      exitCodes.usage,
      '--data takes JSON, or @ and the name of a file',
      cause,
    );
  }
};

export const run: Command = {
  name: 'run',
  summary: 'start a run',
  usage: ['run WORKFLOW [--data JSON|@FILE] [--watch]'],
  notes: [
    'WORKFLOW is an id, or a name that one of your workflows alone has.',
    '--data    what the run is started with; {} without it',
    '--watch   shows the run until it ends, as the command watch does',
  ],
  example: `run Greeting --data '{"name":"Ada"}' --watch`,
  options: { data: { type: 'string' }, watch: { type: 'boolean' } },
  maxWords: 1,
  run: async (shell, given) => {
    const named = given.word(0, 'WORKFLOW');
    const trigger_data = triggerData(shell, given.text('data') ?? '{}');
    const api = createApi(shell);
    const workflow_id = await namedWorkflow(api, named);
    const answer = await api.post('/executions', { workflow_id, trigger_data });
    const id = startedId(answer);
    if (given.flag('watch')) return watchRun(shell, api, id);
    shell.result(answer, () => [id]);
    return exitCodes.ok;
  },
};
