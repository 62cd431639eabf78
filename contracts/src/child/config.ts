import { z } from 'zod';

import { AliasName } from '../workflow/aliases.ts';

/** Settings of a node that runs another workflow. */
export const SubWorkflowConfig = z
  .object({
    workflowId: z.uuid().describe('The workflow to run'),
    version: z.number().int().min(1).max(999_999_999).optional().describe('This version of it'),
    alias: AliasName.default('published').describe('Without it: the version that this means'),
    input: z.unknown().optional().describe("What it is started with; without it the node's input"),
    retryFailed: z
      .boolean()
      .default(false)
      .describe("Begin it anew as the node's retry policy says, also where it failed for good"),
  })
  .describe('Runs another workflow and goes on with its output');
export type SubWorkflowConfig = z.infer<typeof SubWorkflowConfig>;
