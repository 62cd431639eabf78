export { createQueryApi, type QueryApi } from './app.ts';
export type { QueryApiDeps, RowsOf } from './deps.ts';
export { digestOf } from './digest.ts';
export { createHealthApi, type HealthDeps } from './health.routes.ts';
export { nodeExecutionId } from './nodeView.ts';
