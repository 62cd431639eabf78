import { z } from 'zod';

/** A JSONata expression as it stands; the engine leaves fields of this name alone. */
export const Expression = z.string().trim().min(1).describe('JSONata');
