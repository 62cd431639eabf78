import { z } from 'zod';

import { FileAcceptedView, UploadFileQuery } from '../workflow/fileTrigger.ts';
import { SkippedDeliveryView } from '../workflow/webhook.ts';
import { exampleIds } from './examples.ts';
import type { Operation } from './operation.ts';
import { workflowParams } from './workflows.ts';

const binary = { type: 'string', format: 'binary' };

export const fileOperations: readonly Operation[] = [
  {
    ...{ id: 'uploadFile', method: 'post', tag: 'Workflows' },
    path: '/workflows/{workflow_id}/files/{node_id}',
    params: workflowParams.extend({ node_id: z.string().meta({ example: 'begin' }) }),
    query: UploadFileQuery,
    summary: 'Upload a file, which starts a run',
    description:
      'To a file-trigger of the published version. The body is the file, of any media type; or a form (`multipart/form-data`) with one file. The same Idempotency-Key starts nothing anew.',
    headers: ['Idempotency-Key'],
    body: {
      ...{ schema: z.unknown(), example: { ticket: 42 } },
      others: {
        'application/octet-stream': binary,
        'multipart/form-data': { type: 'object', properties: { file: binary }, required: ['file'] },
      },
    },
    answers: {
      202: {
        description: 'The run was accepted, or skipped for one that is open.',
        schema: z.union([FileAcceptedView, SkippedDeliveryView]),
        example: {
          ...{ execution_id: exampleIds.execution, workflow_id: exampleIds.workflow },
          ...{ status: 'pending', created_at: '2026-01-02T03:04:05.678Z' },
          file: {
            ...{ name: 'orders.csv', type: 'text/csv', size: 5 },
            sha256: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
          },
        },
        headers: ['Location', 'Studio-Position'],
      },
    },
    errors: {
      400: ['trigger.invalid', 'workflow.validation_failed', 'workflow.unknown_kind'],
      403: ['auth.not_allowed'],
      404: ['workflow.not_found', 'trigger.not_found'],
      409: [
        'workflow.not_published',
        'workflow.halted',
        'workspace.halted',
        'execution.place_taken',
      ],
      413: ['request.too_large'],
      422: ['request.idempotency_key_reused', 'file.type_not_taken'],
    },
  },
];
