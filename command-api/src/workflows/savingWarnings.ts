import type { DefinedNode } from '@studio/contracts';
import {
  type Agent,
  defineWorkflow,
  type KindLookup,
  type SavedWorkflow,
  whyUnknown,
} from '@studio/domain';

import { unreadPolicies } from './unreadPolicies.ts';

/** What the canvas lets people give an agent, which here asks a model once and does nothing else. */
const abilities: readonly (readonly [name: string, fields: readonly string[]])[] = [
  ['tools', ['tools']],
  ['sub-agents', ['subAgents', 'subAgentConfigs']],
];

const isFilled = (value: unknown): boolean => Array.isArray(value) && value.length > 0;

const missingOf = ({ kind, config }: DefinedNode, agent: Agent | undefined): string[] => {
  if (!kind.startsWith('claude-agent@')) return [];
  const given: readonly Readonly<Record<string, unknown>>[] = [config, agent?.content ?? {}];
  return abilities
    .filter(([, fields]) => fields.some((field) => given.some((each) => isFilled(each[field]))))
    .map(([name]) => name);
};

/** What of a saved workflow cannot run, or not as it is drawn, in words. */
export const savingWarnings = (
  { content, agents }: SavedWorkflow,
  lookUp: KindLookup,
): readonly string[] => {
  const { definition, unknown } = defineWorkflow(content, lookUp, agents);
  const agentOf = new Map(agents.map((agent) => [agent.agentId, agent]));
  const lacking = definition.nodes.flatMap((node) => {
    const missing = missingOf(node, agentOf.get(node.agentId ?? ''));
    return missing.length > 0
      ? [`Node '${node.id}' runs without its ${missing.join(' and ')}: this studio has none yet`]
      : [];
  });
  return [
    ...unknown.map((each) => `Node '${each.nodeId}' ${whyUnknown(each)}`),
    ...lacking,
    ...content.nodes.flatMap(unreadPolicies),
  ];
};
