import { pageOf, WorkflowView } from '@studio/contracts';

import { createApi } from './api.ts';
import { columns } from './columns.ts';
import type { Command } from './command.ts';
import { exitCodes } from './exitCodes.ts';
import { migrateWorkflow } from './workflowsMigrate.ts';

const Workflows = pageOf(WorkflowView);

export const workflows: Command = {
  name: 'workflows',
  summary: 'list your workflows, or have open runs go by another version of one',
  usage: [
    'workflows [--query TEXT] [--limit N] [--offset N]',
    'workflows migrate WORKFLOW --to VERSION [--from VERSION,…] [--map OLD=NEW,…] [--limit N] [--after EXECUTION] [--apply]',
  ],
  notes: [
    'migrate   tells for each open run whether it can go by that version, and why not; 1 if one cannot',
    '--map     what stands for nodes that have not begun and are gone: OLD=NEW, or OLD= for nothing',
    '--apply   has those that can go by it from now on; without it nothing changes',
  ],
  example: 'workflows --query greeting',
  options: {
    query: { type: 'string' },
    limit: { type: 'string' },
    offset: { type: 'string' },
    ...{ to: { type: 'string' }, from: { type: 'string' }, map: { type: 'string' } },
    ...{ after: { type: 'string' }, apply: { type: 'boolean' } },
  },
  maxWords: 2,
  run: async (shell, given) => {
    if (given.words[0] === 'migrate') return migrateWorkflow(shell, given);
    given.noMoreWords(0);
    const query = given.text('query');
    const asked = new URLSearchParams({
      limit: String(given.count('limit') ?? 100),
      offset: String(given.count('offset') ?? 0),
      ...(query === undefined ? {} : { query }),
    });
    const page = await createApi(shell).get(`/workflows?${asked.toString()}`);
    const { items, total } = Workflows.parse(page);
    shell.result(page, () => [
      ...columns(items.map(({ id, version, status, name }) => [id, `v${version}`, status, name])),
      ...(total > items.length ? [`${items.length} of ${total}`] : []),
    ]);
    return exitCodes.ok;
  },
};
