export type { Decorations } from './context.ts';
export { run } from './run.ts';
export { startStudio, type Studio } from './start.ts';
