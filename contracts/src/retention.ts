import { z } from 'zod';

/** For so many days after a run's end what went into it and came out of it is kept; null: for ever, 0: not at all. */
export const RunDays = z.int().min(0).max(36_500).nullable();
export type RunDays = z.infer<typeof RunDays>;

/** PUT /workspaces/{id}/retention */
export const ChangeRetentionRequest = z.object({ run_days: RunDays });

export const RetentionView = z.object({ workspace_id: z.string(), run_days: RunDays });
export type RetentionView = z.infer<typeof RetentionView>;
