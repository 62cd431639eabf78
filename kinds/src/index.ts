export { builtInKinds, effectOf, kindName, parseConfig } from './builtInKinds.ts';
export { delay, type DelayConfig, dueAt } from './delay.ts';
export type { DescribedKind } from './describedKind.ts';
export { builtIn, createNodeKinds, findKind, type NodeKinds } from './nodeKinds.ts';
export { type KindFile, type OwnKinds, ownKindsOf } from './ownKinds.ts';
export { isTruthy } from './truthiness.ts';
export { loopExpression } from './while.ts';
