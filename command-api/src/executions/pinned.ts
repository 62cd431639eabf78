import { createHash } from 'node:crypto';

import { type DefinedNode, type Definition, DomainError, StudioError } from '@studio/contracts';
import {
  defineWorkflow,
  expressionsIn,
  graphError,
  type KindLookup,
  type Workflow,
} from '@studio/domain';

/** A definition that may be run, with the SHA-256 of its JSON text. */
export interface Pinned {
  readonly definition: Definition;
  readonly definitionHash: string;
}

type Draft = Extract<Workflow, { status: 'draft' }>;

const invalid = (reason: string, code: 'workflow.validation_failed' | 'workflow.unknown_kind') =>
  new DomainError(code, `Workflow validation failed: ${reason}`);

/** Names the node whose expression cannot be read. */
const refuseUnreadable = (
  { id, config }: DefinedNode,
  checkExpression: (expression: string) => void,
): void => {
  try {
    for (const expression of expressionsIn(config)) checkExpression(expression);
  } catch (error) {
    if (!(error instanceof StudioError)) throw error;
    throw invalid(`node '${id}': ${error.message}`, 'workflow.validation_failed');
  }
};

const pin = (
  { content }: Draft,
  lookUp: KindLookup,
  checkExpression: (expression: string) => void,
): Pinned => {
  const reason = graphError(content);
  if (reason !== null) throw invalid(reason, 'workflow.validation_failed');
  const { definition, unknown } = defineWorkflow(content, lookUp);
  const [first] = unknown;
  if (first) {
    const what = first.kind === null ? 'has no kind' : `has the unknown kind '${first.kind}'`;
    throw invalid(`node '${first.nodeId}' ${what}`, 'workflow.unknown_kind');
  }
  for (const node of definition.nodes) refuseUnreadable(node, checkExpression);
  const definitionHash = createHash('sha256').update(JSON.stringify(definition)).digest('hex');
  return { definition, definitionHash };
};

/** Errors: `workflow.validation_failed`, `workflow.unknown_kind`, both naming the node. */
export type Pin = (workflow: Draft) => Pinned;

/** Pins each version once: a workflow that is started often is checked and hashed the first time only. */
export const createPinning = (
  lookUp: KindLookup,
  checkExpression: (expression: string) => void,
): Pin => {
  const pinned = new WeakMap<Draft, Pinned>();
  return (workflow) => {
    const known = pinned.get(workflow) ?? pin(workflow, lookUp, checkExpression);
    pinned.set(workflow, known);
    return known;
  };
};
