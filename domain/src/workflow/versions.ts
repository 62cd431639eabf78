import {
  DomainError,
  StudioError,
  type WorkflowContent,
  type WorkflowEvent,
} from '@studio/contracts';

import { addAgents, type Agent, changeAgent, removeAgent } from './agents.ts';

/** A name that stands for a version, as it was when the name was given. */
export interface Alias {
  readonly version: number;
  /** The version is the workflow after the fact of this revision. */
  readonly upTo: number;
  readonly setBy: string;
  readonly setAt: string;
}

/** What tells the versions of a workflow apart. */
export interface Versions {
  /** Counts the saves, from 1. */
  readonly version: number;
  /** Of the last fact in the workflow's stream. */
  readonly revision: number;
  /** The revision of the last fact of each version before this one. */
  readonly versionEnds: readonly number[];
  readonly aliases: ReadonlyMap<string, Alias>;
}

export interface SetAlias {
  readonly workflowId: string;
  readonly alias: string;
  readonly version: number;
  readonly setBy: string;
  readonly setAt: string;
}

export interface RollBack {
  readonly workflowId: string;
  /** The version to go back to, and what it was. */
  readonly to: number;
  readonly content: WorkflowContent;
  readonly agents: readonly Agent[];
  readonly userId: string;
  readonly now: string;
}

type AliasEvent = Extract<WorkflowEvent, { type: `WorkflowAlias${string}` }>;

/** The revision up to which the workflow's facts make that version. Error: `workflow.version_not_found`. */
export const endOfVersion = (
  { version, revision, versionEnds }: Versions,
  asked: number,
): number => {
  const end = asked === version ? revision : versionEnds[asked - 1];
  if (end !== undefined) return end;
  throw new StudioError(
    'not_found',
    'workflow.version_not_found',
    `The workflow has the versions 1 to ${version}, and no version ${asked}`,
  );
};

export const aliasOf = ({ aliases }: Versions, name: string): Alias => {
  const found = aliases.get(name);
  if (found) return found;
  throw new StudioError(
    'not_found',
    'workflow.alias_not_found',
    `The workflow has no alias '${name}'`,
  );
};

const mostAliases = 100;

export const setAlias = (data: SetAlias, state: Versions): AliasEvent[] => {
  const upTo = endOfVersion(state, data.version);
  const known = state.aliases.get(data.alias);
  if (known?.version === data.version && known.upTo === upTo) return [];
  if (!known && state.aliases.size >= mostAliases)
    throw new DomainError(
      'workflow.too_many_aliases',
      `A workflow has at most ${mostAliases} aliases`,
    );
  return [{ type: 'WorkflowAliasSet', data }];
};

export const removeAlias = (
  data: { readonly workflowId: string; readonly alias: string },
  state: Versions,
): AliasEvent[] => {
  aliasOf(state, data.alias);
  return [{ type: 'WorkflowAliasRemoved', data }];
};

export const evolveAliases = (
  state: Versions,
  { type, data }: AliasEvent,
): ReadonlyMap<string, Alias> => {
  const aliases = new Map(state.aliases);
  switch (type) {
    case 'WorkflowAliasSet': {
      const { alias, version, setBy, setAt } = data;
      // A version beyond those that are known cannot be set.
      const upTo =
        version === state.version ? state.revision : (state.versionEnds[version - 1] ?? 0);
      return aliases.set(alias, { version, upTo, setBy, setAt });
    }
    case 'WorkflowAliasRemoved':
      aliases.delete(data.alias);
      return aliases;
  }
};

/** What makes the agents what they were: those that came since go, those that went come back as who they were. */
const agentsAgain = (
  { workflowId, agents: before, userId, now }: RollBack,
  agents: readonly Agent[],
): WorkflowEvent[] => {
  const gone = agents.filter(({ agentId }) => !before.some((old) => old.agentId === agentId));
  const kept = agents.filter((agent) => !gone.includes(agent));
  const missing = before.filter(({ agentId }) => !agents.some((now) => now.agentId === agentId));
  const changes = (agentId: string) => before.find((old) => old.agentId === agentId)?.content ?? {};
  return [
    ...gone.flatMap(({ agentId }) => removeAgent({ workflowId, agentId }, agents)),
    ...kept.flatMap(({ agentId }) =>
      changeAgent({ workflowId, agentId, now, changes: changes(agentId) }, agents),
    ),
    ...addAgents({ workflowId, userId, now, agents: missing }, kept),
  ];
};

/** A new version with the content and the agents of an older one; nothing when all is as it was then. */
export const rollBack = (
  data: RollBack,
  state: Versions & { readonly content: WorkflowContent; readonly agents: readonly Agent[] },
): WorkflowEvent[] => {
  const { workflowId, to, content } = data;
  const agents = agentsAgain(data, state.agents);
  const isSame = JSON.stringify(content) === JSON.stringify(state.content);
  if (isSame && agents.length === 0) return [];
  const version = state.version + 1;
  return [
    { type: 'WorkflowChanged', data: { workflowId, version, ...content, rolledBackTo: to } },
    ...agents,
  ];
};
