export { type Executor, type ExecutorParts, startExecutor } from './executor.ts';
export { createExpressions, type ExpressionOptions, type Expressions } from './expressions.ts';
export type { FactObserver } from './runStream.ts';
export type { TriggerParts } from './triggers.ts';
export type { StuckRun } from './watchdog.ts';
export type { Workbench } from './workbench.ts';
