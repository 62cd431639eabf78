import { z } from 'zod';

import { NodeKindView } from './answers.ts';
import type { Operation } from './operation.ts';

export const kindOperations: readonly Operation[] = [
  {
    ...{ id: 'listNodeKinds', method: 'get', path: '/node-kinds', tag: 'Node kinds' },
    summary: 'What a node can be',
    description: 'Every kind with the JSON Schema of its settings.',
    access: 'public',
    answers: { 200: { description: 'The kinds.', schema: z.array(NodeKindView) } },
  },
];
