import {
  type CanvasNode,
  type Compensation,
  CompensationSetting,
  type ExhaustedPolicy,
  isUndo,
} from '@studio/contracts';

import { isTrigger } from '../run/triggerKinds.ts';
import type { KindLookup } from './kindLookup.ts';

const steering: ReadonlySet<string> = new Set([
  ...['condition@1', 'switch@1', 'merge@1', 'for-each@1', 'while@1', 'try@1', 'sub-workflow@1'],
  ...['approval@1', 'delay@1', 'wait-for-event@1', 'end@1'],
]);
/** True for kinds that only steer a run: they undo nothing. */
const undoesNothing = (kind: string): boolean => steering.has(kind) || isTrigger(kind);

/** The canvas saves nothing, or null, where nothing is undone. */
const saidOf = ({ data }: CanvasNode): unknown => data['compensation'] ?? null;

/** What undoes the node; nothing where it declares nothing that can be read (see `compensationErrors`). */
export const compensationOf = (
  node: CanvasNode,
  lookUp: KindLookup,
  usual: ExhaustedPolicy,
): { readonly compensation?: Compensation } => {
  const read = CompensationSetting.safeParse(saidOf(node));
  const kind = read.success ? lookUp(read.data.kind) : null;
  if (!read.success || kind === null || undoesNothing(kind)) return {};
  const { onExhausted = usual, timeoutMs, ...said } = read.data;
  return {
    compensation: {
      ...{ ...said, kind },
      ...(onExhausted === 'pause' ? { onExhausted } : {}),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    },
  };
};

const errorOf = (said: unknown, lookUp: KindLookup): string | null => {
  const read = CompensationSetting.safeParse(said);
  if (!read.success) {
    const at = read.error.issues[0]?.path.join('.') ?? '';
    return at === '' ? 'cannot be read' : `cannot be read at '${at}'`;
  }
  const kind = lookUp(read.data.kind);
  if (kind === null) return `has the unknown kind '${read.data.kind}'`;
  return undoesNothing(kind)
    ? `cannot be of the kind '${read.data.kind}', which does nothing`
    : null;
};

/** What keeps nodes from being undone as they say, one line each. */
export function* compensationErrors(
  { nodes }: { readonly nodes: readonly CanvasNode[] },
  lookUp: KindLookup,
): Generator<string> {
  for (const node of nodes) {
    if (isUndo(node.id))
      yield `node '${node.id}': ids that begin with 'undo:' are the studio's own`;
    const said = saidOf(node);
    const error = said === null ? null : errorOf(said, lookUp);
    if (error !== null) yield `node '${node.id}': its compensation ${error}`;
  }
}
