import type { Head } from '@studio/contracts';
import { positionText } from '@studio/infra';
import type { Response } from 'express';

import type { CommandApiDependencies } from './dependencies.ts';

/** Tells the client where its write stands, and lets the session's own reads wait for it. */
export type TellPosition = (response: Response, sessionId: string, head: Head | null) => void;

export const createTellPosition =
  ({ log, positions }: Pick<CommandApiDependencies, 'log' | 'positions'>): TellPosition =>
  (response, sessionId, head) => {
    if (!head) return;
    positions.remember(sessionId, head.position);
    response.setHeader('Studio-Position', positionText(log.storeId, head.position));
  };

/**
 * As `response.json`, without the ETag that Express makes of each body: what became of a command is
 * never asked for again. Head and body leave in one write.
 */
export const answerJson = (response: Response, status: number, value: unknown): void => {
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(value));
};
