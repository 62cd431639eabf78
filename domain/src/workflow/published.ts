import type { PublishedVersion, SavedWorkflow } from './savedWorkflow.ts';

const asPublished = new WeakMap<PublishedVersion, SavedWorkflow>();

/** The workflow as it was published, the same object for the same version, so that what is pinned of it is pinned once. */
export const publishedOf = (saved: SavedWorkflow): SavedWorkflow | null => {
  if (!saved.published) return null;
  const known = asPublished.get(saved.published) ?? { ...saved, ...saved.published };
  asPublished.set(saved.published, known);
  return known;
};
