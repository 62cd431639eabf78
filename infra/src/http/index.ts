export { createHttpApp, type HttpAppOptions } from './httpApp.ts';
export type { Logger } from './log.ts';
export { invalidRequest, type Issue, parse } from './parse.ts';
export { parsePosition, positionText } from './positions.ts';
export { type Problem, problemOf } from './problems.ts';
