export { executions } from './executions.ts';
export { ensureTables } from './firstTables.ts';
export type { Pace } from './pace.ts';
export { rowsOf } from './project.ts';
export { type Projection, projection } from './projection.ts';
export {
  builtInProjections,
  type Projectors,
  type ProjectorsDeps,
  startProjectors,
} from './start.ts';
export { workflows } from './workflows.ts';
