import {
  type DefinedNode,
  type Definition,
  DomainError,
  EventTriggerConfig,
  type EventTriggerRule,
  type NewId,
  StudioError,
} from '@studio/contracts';
import {
  defineWorkflow,
  type KindLookup,
  type NewEventTrigger,
  type SavedWorkflow,
} from '@studio/domain';

type CheckExpression = (expression: string) => void;

type Read = EventTriggerRule | { readonly why: string };

const unreadable = (expression: string, check: CheckExpression): string | null => {
  try {
    check(expression);
    return null;
  } catch (failure) {
    if (!(failure instanceof StudioError)) throw failure;
    return failure.message;
  }
};

const whyNot = (
  ownId: string,
  { workflowIds, expression }: EventTriggerConfig,
  check: CheckExpression,
): string | null => {
  if (workflowIds?.includes(ownId)) return 'a workflow cannot wait for its own executions';
  return expression === undefined ? null : unreadable(expression, check);
};

const read = (ownId: string, { config }: DefinedNode, check: CheckExpression): Read => {
  const { data, error } = EventTriggerConfig.safeParse(config);
  if (!data) {
    const [issue] = error.issues;
    return { why: issue ? `${issue.path.join('.')}: ${issue.message}` : error.message };
  }
  const why = whyNot(ownId, data, check);
  if (why !== null) return { why };
  const { workflowIds = null, outcomes, expression = null } = data;
  return { workflowIds: workflowIds && [...new Set(workflowIds)], outcomes, expression };
};

const sentence = ({ id }: DefinedNode, why: string): string =>
  `The event trigger of node '${id}' cannot be set: ${why}`;

const nodesIn = ({ nodes }: Definition): DefinedNode[] =>
  nodes.filter(({ kind }) => kind === 'event-trigger@1');

/** A sentence for each node whose event trigger publishing will refuse. */
export const unkeptEventTriggers = (
  { workflowId }: Pick<SavedWorkflow, 'workflowId'>,
  definition: Definition,
  check: CheckExpression,
): string[] =>
  nodesIn(definition).flatMap((node) => {
    const rule = read(workflowId, node, check);
    return 'why' in rule ? [sentence(node, rule.why)] : [];
  });

/** The event triggers of a workflow's nodes. Error: `trigger.invalid`, naming the node. */
export const eventTriggersOf = (
  parts: { readonly checkExpression: CheckExpression; readonly newId: NewId },
  { workflowId, content, agents }: Pick<SavedWorkflow, 'workflowId' | 'content' | 'agents'>,
  lookUp: KindLookup,
): NewEventTrigger[] =>
  nodesIn(defineWorkflow(content, lookUp, agents).definition).map((node) => {
    const rule = read(workflowId, node, parts.checkExpression);
    if ('why' in rule) throw new DomainError('trigger.invalid', sentence(node, rule.why));
    return { nodeId: node.id, triggerId: parts.newId(), ...rule };
  });
