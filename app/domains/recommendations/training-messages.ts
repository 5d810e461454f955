import type { CatalogItem, TrainingReport } from './model.ts';
import type { TrainingStep } from './engine/train-model.ts';
import type { ListRow } from './version-store.ts';

/** What the training thread is told. Everything goes in chunks, so that neither side holds the shop's orders as objects. */
export type ToTraining =
  | {
      readonly kind: 'lines';
      readonly orderIds: readonly string[];
      readonly customerIds: readonly (string | null)[];
      readonly placedAt: Float64Array;
      readonly productIds: readonly string[];
    }
  | { readonly kind: 'train'; readonly catalog: readonly CatalogItem[] }
  /** the last batch is stored: the next one may come */
  | { readonly kind: 'more' };

/** What the training thread says. */
export type FromTraining =
  /** a chunk of lines is taken in */
  | { readonly kind: 'taken' }
  | { readonly kind: 'step'; readonly step: TrainingStep; readonly done: number; readonly total: number }
  | { readonly kind: 'lists'; readonly rows: readonly ListRow[]; readonly done: number; readonly total: number }
  | { readonly kind: 'done'; readonly report: TrainingReport; readonly lastOrderAt: number | null };
