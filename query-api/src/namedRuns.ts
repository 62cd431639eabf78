import type { RunNamesSought, WorkspaceId } from '@studio/contracts';
import { type Hmac, nameHash } from '@studio/infra';
import { type ExpressionBuilder, type ExpressionWrapper, type SqlBool } from 'kysely';

import { namesSought } from './namesSought.ts';
import type { ReadModels } from './readModels.ts';

type Where = ExpressionBuilder<ReadModels, 'executions'>;

/** That a run of the workspace has each of these names. */
export const isNamed =
  (hmac: Hmac, workspaceId: WorkspaceId, sought: RunNamesSought) =>
  (where: Where): ExpressionWrapper<ReadModels, 'executions', SqlBool> =>
    where.and(
      namesSought(sought).map((name) =>
        where(
          'executions.id',
          'in',
          where
            .selectFrom('execution_names')
            .select('execution_names.execution_id')
            .where('execution_names.hash', '=', nameHash(hmac, workspaceId, name)),
        ),
      ),
    );
