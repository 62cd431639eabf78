import type { Api } from './api.ts';
import { type ExitCode, exitCodes } from './exitCodes.ts';
import { factLine } from './facts.ts';
import { endingOf, followRun } from './followRun.ts';
import type { Shell } from './shell.ts';

/** Shows a run until it ends; done only if it completed. */
export const watchRun = async (shell: Shell, api: Api, id: string): Promise<ExitCode> => {
  let ending: string | undefined;
  for await (const fact of followRun(shell, api, id)) {
    shell.result(fact, () => [factLine(fact)]);
    ending = endingOf(fact);
  }
  return ending === 'completed' ? exitCodes.ok : exitCodes.failed;
};
