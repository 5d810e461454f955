export { createHistoryBuilder, type History, type HistoryBuilder } from './engine/history.ts';
export { trainModel, type Model, type TrainingStep } from './engine/train-model.ts';
export { suggest, type Ask } from './engine/suggest.ts';
export { explainInWords } from './engine/explain.ts';
export { askingSurfaces, storedSurfaces, suggestionSchema } from './model.ts';
export type { AskingSurface, BlendReport, CatalogItem, Reason, SourceId, StoredSurface, Suggestion, TrainingReport } from './model.ts';
