import { pageOf, WorkflowView } from '@studio/contracts';

import { createApi } from './api.ts';
import { columns } from './columns.ts';
import type { Command } from './command.ts';
import { exitCodes } from './exitCodes.ts';

const Workflows = pageOf(WorkflowView);

export const workflows: Command = {
  name: 'workflows',
  summary: 'list your workflows',
  usage: ['workflows [--query TEXT] [--limit N] [--offset N]'],
  example: 'workflows --query greeting',
  options: {
    query: { type: 'string' },
    limit: { type: 'string' },
    offset: { type: 'string' },
  },
  maxWords: 0,
  run: async (shell, given) => {
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
