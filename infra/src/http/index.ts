export type { Answered } from './answered.ts';
export { callerOf } from './caller.ts';
export { createHttpApp, type HttpAppOptions } from './httpApp.ts';
export { clientKey, countRequest, type PeopleLimits, type Refusal } from './limits.ts';
export type { Logger } from './log.ts';
export { invalidRequest, type Issue, parse } from './parse.ts';
export { type PlainPage, prefersHtml, sendPlainPage, toldToPeople } from './plainPage.ts';
export { parsePosition, positionText } from './positions.ts';
export { type Problem, problemOf } from './problems.ts';
export {
  createMemoryRateLimiter,
  type Quota,
  type RateLimit,
  type RateLimiter,
} from './rateLimiter.ts';
export { bodyReader, leaveBodies, valueOfBody } from './rawBodies.ts';
