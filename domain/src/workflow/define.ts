import {
  type CanvasNode,
  type Connection,
  defaultRetryPolicy,
  type DefinedNode,
  type Definition,
  ExhaustedPolicy,
  InDoubtPolicy,
  RetryPolicy,
} from '@studio/contracts';

import { type Agent, settingsOfAgent } from './agents.ts';
import { compensationOf } from './compensation.ts';
import type { KindLookup } from './kindLookup.ts';
import { bareTitle, kindOfTitle, kindOfType, standInOf } from './palette.ts';
import { insideOfSwitchedOff, isSwitchedOff, parentOf } from './switchedOff.ts';
import { timeLimitsOf } from './timeLimits.ts';

export interface UnknownKind {
  readonly nodeId: string;
  /** What the node asks for; null when nothing tells what it is. */
  readonly kind: string | null;
}

/** A canvas as a run executes it. Nodes of unknown kind stand in `unknown` and are left out. */
export interface Defined {
  readonly definition: Definition;
  readonly unknown: readonly UnknownKind[];
}

type Fields = Readonly<Record<string, unknown>>;

/** Agent settings that the canvas saves beside `config`. */
const agentFields = ['prompt', 'systemPrompt', 'model', 'temperature', 'maxTokens', 'tools'].concat(
  ...['permissions', 'memory', 'subAgents', 'subAgentConfigs'],
);
/** What `config` may say of the node itself; it is no setting of its kind. */
const nodeFields = ['kind', 'onInDoubt', 'onExhausted', 'retry'];

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

const configOf = ({ data }: CanvasNode): Fields => (isFields(data['config']) ? data['config'] : {});

/** The kind of what only passes on its input. */
const passingOn = 'noop';

/** The kind that a node asks for: said outright, else guessed from its title, else from its type. */
const askedKind = (node: CanvasNode): string | null => {
  if (isSwitchedOff(node)) return passingOn;
  const said = [node.data['kind'], configOf(node)['kind']].find(isText);
  const titles = [node.title, node.data['label']].filter(isText);
  const guessed = titles.map((title) => kindOfTitle.get(bareTitle(title))).find(isText);
  return said ?? guessed ?? kindOfType.get(node.type) ?? null;
};

const lookUpOrStandIn = (lookUp: KindLookup, asked: string | null): string | null => {
  if (asked === null) return null;
  const standIn = standInOf.get(asked);
  return lookUp(asked) ?? (standIn === undefined ? null : lookUp(standIn));
};

/** The canvas saves an empty text where nothing was typed. */
const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '';

const settingsOf = (node: CanvasNode): Fields => {
  const beside = agentFields
    .filter((field) => !isEmpty(node.data[field]))
    .map((field) => [field, node.data[field]] as const);
  const own = Object.entries(configOf(node)).filter(([field]) => !nodeFields.includes(field));
  return Object.fromEntries([...beside, ...own]);
};

/** The first of `data` and `config` that holds a valid policy. */
const policyOf = <Policy>(
  node: CanvasNode,
  field: string,
  schema: { safeParse(value: unknown): { success: boolean; data?: Policy } },
  otherwise: Policy,
): Policy => {
  const said = [node.data[field], configOf(node)[field]].map((value) => schema.safeParse(value));
  return said.find(({ success }) => success)?.data ?? otherwise;
};

/** The label that the canvas gives a node which nobody has named. */
const unnamed = 'Untitled Node';

/** A title that only says which kind of the palette it is gives way to what a person wrote as the label. */
const nameOf = ({ id, title, data }: CanvasNode): string => {
  const isNamed = isText(title) && !kindOfTitle.has(bareTitle(title));
  const label = data['label'] === unnamed ? undefined : data['label'];
  return [...(isNamed ? [title] : []), label, title].find(isText) ?? id;
};

const usuallyExhausted = ({ settings = {} }: Canvas): ExhaustedPolicy =>
  ExhaustedPolicy.safeParse(settings['onExhausted']).data ?? 'fail';

/** A node that has an `error` output goes on by it, unless it asks for a person itself. */
const exhaustedOf = (node: CanvasNode, canvas: Canvas): ExhaustedPolicy => {
  const usual = usuallyExhausted(canvas);
  const { connections } = canvas;
  const handlesErrors = connections.some(
    ({ source, sourceHandle }) => source === node.id && sourceHandle === 'error',
  );
  return policyOf(node, 'onExhausted', ExhaustedPolicy, handlesErrors ? 'fail' : usual);
};

const defineNode = (
  node: CanvasNode,
  kind: string,
  { agent, canvas, lookUp }: { agent: Agent | undefined; canvas: Canvas; lookUp: KindLookup },
): DefinedNode => ({
  id: node.id,
  name: nameOf(node),
  type: node.type,
  kind,
  config: { ...(agent ? settingsOfAgent(agent) : {}), ...settingsOf(node) },
  onInDoubt: policyOf(node, 'onInDoubt', InDoubtPolicy, 'ask'),
  retry: policyOf(node, 'retry', RetryPolicy, defaultRetryPolicy),
  ...(exhaustedOf(node, canvas) === 'pause' ? { onExhausted: 'pause' as const } : {}),
  ...timeLimitsOf(node),
  ...(isSwitchedOff(node) ? {} : compensationOf(node, lookUp, usuallyExhausted(canvas))),
  ...(agent ? { agentId: agent.agentId } : {}),
  ...(parentOf(node) === '' ? {} : { parent: parentOf(node) }),
});

/** Where `output` leads, which the canvas writes for every connection. */
const meantByOutput: readonly (readonly [kind: string, handle: string])[] = [
  ['condition@', 'true'],
  ['switch@', 'default'],
];

/**
 * The output that a connection leaves by. The canvas writes `output` for every one: of a condition
 * that means the branch where it holds, of a switch its default; and what is switched off passes on
 * by all of them.
 */
const handleOf = (
  { sourceHandle }: Connection,
  source: CanvasNode | undefined,
  kind: string | undefined,
): string => {
  const handle = sourceHandle ?? 'output';
  if (handle === 'error') return handle;
  if (source && isSwitchedOff(source)) return 'output';
  if (handle !== 'output') return handle;
  return meantByOutput.find(([name]) => kind?.startsWith(name))?.[1] ?? handle;
};

/** What of a saved workflow its runs go by. */
interface Canvas {
  readonly nodes: readonly CanvasNode[];
  readonly connections: readonly Connection[];
  readonly settings?: Fields;
}

/** An agent's settings count for its node where the canvas says nothing. */
export const defineWorkflow = (
  canvas: Canvas,
  lookUp: KindLookup,
  agents: readonly Agent[] = [],
): Defined => {
  const agentOf = new Map(agents.map((agent) => [agent.content.nodeId, agent]));
  const nodes: DefinedNode[] = [];
  const unknown: UnknownKind[] = [];
  const off = insideOfSwitchedOff(canvas.nodes);
  for (const node of canvas.nodes.filter(({ id }) => !off.has(id))) {
    const asked = askedKind(node);
    const kind = lookUpOrStandIn(lookUp, asked);
    if (kind === null) unknown.push({ nodeId: node.id, kind: asked });
    else nodes.push(defineNode(node, kind, { agent: agentOf.get(node.id), canvas, lookUp }));
  }
  const drawn = new Map(canvas.nodes.map((node) => [node.id, node]));
  const kinds = new Map(nodes.map(({ id, kind }) => [id, kind]));
  const lines = canvas.connections.filter(
    ({ source, target }) => !off.has(source) && !off.has(target),
  );
  const connections = lines.map((connection) => {
    const { source, target } = connection;
    const sourceHandle = handleOf(connection, drawn.get(source), kinds.get(source));
    return { source, target, sourceHandle };
  });
  return { definition: { nodes, connections }, unknown };
};
