import { AgentType, type AgentView } from '@studio/contracts';
import type { Opener } from '@studio/infra';

import type { AgentRow } from './rows.ts';

type Fields = Record<string, unknown>;

const largeColumns = [
  'system_prompt',
  'tools',
  'permissions',
  'memory_config',
  'metadata',
] as const;

/** Agents as they are answered; what lies in file storage is fetched. */
export const agentViews = async (
  opener: Opener,
  rows: readonly AgentRow[],
): Promise<AgentView[]> => {
  const texts = rows.flatMap((row) => largeColumns.map((column) => row[column]));
  const values = await opener.fetch(texts.map((text) => JSON.parse(text) as unknown));
  return rows.map((row, index) => {
    const [prompt, tools, permissions, memory, metadata] = values.slice(
      index * largeColumns.length,
      (index + 1) * largeColumns.length,
    );
    return {
      id: row.id,
      workflow_id: row.workflow_id,
      user_id: row.user_id,
      node_id: row.node_id,
      name: row.name,
      type: AgentType.parse(row.type),
      // The log's schema was checked when these were appended.
      system_prompt: prompt as string | null,
      model: row.model,
      temperature: row.temperature as number | null,
      max_tokens: row.max_tokens,
      tools: tools as unknown[],
      permissions: permissions as Fields,
      memory_config: memory as Fields,
      sub_agents: row.sub_agents as string[],
      metadata: metadata as Fields,
      created_at: row.created_at,
      updated_at: row.updated_at,
    };
  });
};
