import { ExecutorsView } from '@studio/contracts';

import { createApi } from './api.ts';
import { columns } from './columns.ts';
import type { Command } from './command.ts';
import { exitCodes } from './exitCodes.ts';

/** Who brings runs forward, and what each has in hand. */
export const executors: Command = {
  name: 'executors',
  summary: 'show who brings runs forward in a studio that you administrate',
  usage: ['executors'],
  notes: ['For administrators of the studio (ADMIN_EMAILS), over the API.'],
  example: 'executors',
  options: {},
  maxWords: 0,
  run: async (shell) => {
    const answer = await createApi(shell).get('/ops/executors');
    const { items } = ExecutorsView.parse(answer);
    shell.result(answer, () =>
      columns([
        ['EXECUTOR', 'ROLE', 'STATE', 'SHARDS', 'LIVE RUNS', 'EFFECTS', 'SILENT FOR MS'],
        ...items.map(({ owner, role, state, shards, live_runs, effects_in_flight, silent_ms }) => [
          ...[owner, role, state, String(shards.length), String(live_runs)],
          ...[String(effects_in_flight), String(silent_ms)],
        ]),
      ]),
    );
    return exitCodes.ok;
  },
};
