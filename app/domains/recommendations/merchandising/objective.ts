import type { Merchandising } from './apply-to-list.ts';
import type { MerchandisingSettings } from './model.ts';

export type Objective = MerchandisingSettings['objective'];

/** The merchant's wishes with this objective in place of theirs; undefined = as they are. */
export const aimedAt = (merchandising: Merchandising, objective: Objective | undefined): Merchandising =>
  objective === undefined ? merchandising : { ...merchandising, settings: { ...merchandising.settings, objective } };
