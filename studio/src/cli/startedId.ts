/** The id of the run that an accepted start has. */
export const startedId = (answer: unknown): string => String((answer as { id?: unknown }).id); // an accepted start
