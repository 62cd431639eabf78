export { builtInKinds, effectOf, findKind, kindName, parseConfig } from './builtInKinds.ts';
export { delay, type DelayConfig, dueAt } from './delay.ts';
export { type DescribedKind, kindCatalogue } from './kindCatalogue.ts';
export { isTruthy } from './truthiness.ts';
export { loopExpression } from './while.ts';
