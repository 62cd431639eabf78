export { createCommandApi } from './app.ts';
export { createCodeHash } from './auth/otp.ts';
export type { RateLimits } from './auth/rateLimits.ts';
export type { CommandApiDependencies } from './dependencies.ts';
export { type SweepParts, sweepRetention } from './retention/sweep.ts';
