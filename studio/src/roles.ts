/** The parts that can run as processes of their own, on one Postgres. */
export const parts = ['command-api', 'query-api', 'projectors', 'executor'] as const;
export type Part = (typeof parts)[number];

/** What a process is: one part, or the whole studio. */
export type Role = Part | 'all';
export const roles: readonly Role[] = ['all', ...parts];

/** Where each listens unless PORT says otherwise; all differ, so that they start beside each other on one machine. */
export const portOf: Readonly<Record<Role, number>> = {
  all: 8000,
  'command-api': 8000,
  'query-api': 8001,
  projectors: 8002,
  executor: 8003,
};

export const plays = (role: Role, part: Part): boolean => role === 'all' || role === part;
