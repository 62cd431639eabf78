import {
  type DefinedNode,
  type Definition,
  DomainError,
  type RunLimit,
  StudioError,
  undoNodeOf,
} from '@studio/contracts';

import { compensationErrors } from './compensation.ts';
import { defineWorkflow, type UnknownKind } from './define.ts';
import { expressionsIn } from './expressions.ts';
import type { KindLookup } from './kindLookup.ts';
import { regionErrors } from './regions.ts';
import { runLimitErrors, runLimitsOf } from './runLimits.ts';
import type { SavedWorkflow } from './savedWorkflow.ts';
import { graphError } from './structure.ts';
import { timeLimitErrors } from './timeLimits.ts';
import { whyUnknown } from './unknownKinds.ts';

/** A definition that may be run, with the SHA-256 of its JSON text, and the limits that its runs begin under. */
export interface Pinned {
  readonly definition: Definition;
  readonly definitionHash: string;
  readonly limits: readonly RunLimit[];
}

const invalid = (reason: string, code: 'workflow.validation_failed' | 'workflow.unknown_kind') =>
  new DomainError(code, `Workflow validation failed: ${reason}`);

/** Names the node whose expression cannot be read. */
const unreadable = (
  { id, config }: DefinedNode,
  checkExpression: (expression: string) => void,
): string | null => {
  try {
    for (const expression of expressionsIn(config)) checkExpression(expression);
    return null;
  } catch (error) {
    if (!(error instanceof StudioError)) throw error;
    return `node '${id}': ${error.message}`;
  }
};

/** One line for each node that has an expression which cannot be read. */
export function* unreadableIn(
  { nodes }: Definition,
  checkExpression: (expression: string) => void,
): Generator<string> {
  for (const node of nodes.flatMap((each) => [each, undoNodeOf(each)])) {
    const reason = node && unreadable(node, checkExpression);
    if (reason !== null) yield reason;
  }
}

/** Errors: `workflow.unknown_kind`, naming the first node that has one. */
export const refuseUnknown = ([first]: readonly UnknownKind[]): void => {
  if (!first) return;
  throw invalid(`node '${first.nodeId}' ${whyUnknown(first)}`, 'workflow.unknown_kind');
};

/** What pinning needs of the world. */
export interface PinningParts {
  readonly lookUp: KindLookup;
  /** Throws a StudioError for an expression that cannot be read. */
  readonly checkExpression: (expression: string) => void;
  /** Hexadecimal. */
  readonly sha256: (text: string) => string;
  /** So many runs of one workspace at the same time; absent: any number. */
  readonly mostRunsInWorkspace?: number | undefined;
}

const pin = (
  { content, agents }: SavedWorkflow,
  { lookUp, checkExpression, sha256, mostRunsInWorkspace }: PinningParts,
): Pinned => {
  const reason = graphError(content);
  if (reason !== null) throw invalid(reason, 'workflow.validation_failed');
  const { definition, unknown } = defineWorkflow(content, lookUp, agents);
  refuseUnknown(unknown);
  const [unkept] = [
    ...timeLimitErrors(content),
    ...runLimitErrors(content, checkExpression),
    ...compensationErrors(content, lookUp),
  ];
  if (unkept !== undefined) throw invalid(unkept, 'workflow.validation_failed');
  const [misplaced] = regionErrors(definition);
  if (misplaced !== undefined) throw invalid(misplaced, 'workflow.validation_failed');
  const [unread] = unreadableIn(definition, checkExpression);
  if (unread !== undefined) throw invalid(unread, 'workflow.validation_failed');
  const limits = runLimitsOf(content, mostRunsInWorkspace);
  return { definition, definitionHash: sha256(JSON.stringify(definition)), limits };
};

/** Errors: `workflow.validation_failed`, `workflow.unknown_kind`, both naming the node. */
export type Pin = (workflow: SavedWorkflow) => Pinned;

/** Pins each version once: a workflow that is started often is checked and hashed the first time only. */
export const createPinning = (parts: PinningParts): Pin => {
  const pinned = new WeakMap<SavedWorkflow, Pinned>();
  return (workflow) => {
    const known = pinned.get(workflow) ?? pin(workflow, parts);
    pinned.set(workflow, known);
    return known;
  };
};
