export { createHistoryBuilder, type History, type HistoryBuilder } from './engine/history.ts';
export { trainModel, type Model, type TrainingStep } from './engine/train-model.ts';
export { suggest, type Ask } from './engine/suggest.ts';
export type { Backtest, BacktestExample, BacktestOptions, BacktestScore, BacktestSurface } from './engine/backtest.ts';
export { type Confidence, modelConfidence, type ModelSureness } from './engine/confidence.ts';
export type { Estimate } from './engine/intervals.ts';
export { explainInWords } from './engine/explain.ts';
export { askingSurfaces, blendIds } from './model.ts';
export type {
  AskingSurface,
  BlendId,
  BlendReport,
  BlendValidation,
  CatalogItem,
  Reason,
  SourceId,
  StoredSurface,
  Suggestion,
  TrainingReport,
} from './model.ts';
export {
  isVersionActive,
  trainRecommendations,
  type TrainingProgress,
  type TrainingResult,
} from './train-recommendations.ts';
export { countTrainingChunk } from './chunked/count-training-chunk.ts';
export { planChunks, prepareTraining } from './chunked/prepare-training.ts';
export { chunksLeft, deleteOldChunkWork } from './chunked/store.ts';
export { deleteRetired, TrainingSuperseded } from './version-store.ts';
export {
  explainProduct,
  explainStoredList,
  readSuggestions,
  readSuggestionsOf,
  type ProductExplanation,
} from './read-suggestions.ts';
export type { ExplainedSuggestion, ListExplanation } from './explained-list.ts';
export { deletePersonalLists, finishPersonal, readPersonalCandidates, readPersonalLists } from './personal-lists.ts';
export type { ProductCard } from './cards/model.ts';
export { type CartCandidates, type CartServing, createCartServing, servingMemory } from './serving/cart-serving.ts';
export { cartPool, finishCart, type ForVisitor } from './serving/finish-cart.ts';
export { strongestOf, tasteOf } from './serving/interest.ts';
export { againOf, mayReturn, ownedNow } from './serving/rhythm.ts';
export { recommendationStatus, type RecommendationStatus } from './status.ts';
export { listsForPublication, markPublished, sellableProductIds, type ProductLists } from './publications.ts';
export { readStale as staleProductIds } from './version-store.ts';
export { watchAvailability } from './watch-availability.ts';
export { type DriftReport, watchDrift } from './drift/watch-drift.ts';
export {
  explainCart,
  explainSuggestion,
  explainVisitor,
  type ExplainedPair,
  type SuggestionExplanation,
  type VisitorExplanation,
  type WantedSuggestion,
} from './explain-suggestion.ts';
export { freshenLists, type Freshened } from './freshening/freshen.ts';
export { findShopsWithPending, noteOrders } from './freshening/store.ts';
export { backtestOrders, runBacktest } from './run-backtest.ts';
export { chunkJob, trainingEndJob, trainingJob } from './jobs.ts';
export {
  createRule,
  deleteRule,
  getRule,
  listRules,
  noteOffersChanged,
  readMerchandising,
  reorderRules,
  type RuleContext,
  type RuleListItem,
  saveMerchandising,
  setRuleStatus,
  updateRule,
} from './merchandising/manage-rules.ts';
export {
  type AdjustedSuggestion,
  type Adjustment,
  type MerchandisingSettings,
  type OwnedSurface,
  type Rule,
  ruleFormSchema,
  type RuleFormInput,
  type RulePhase,
  type RuleResult,
  type RuleTarget,
} from './merchandising/model.ts';
export { aimedAt, type Objective } from './merchandising/objective.ts';
export { keepsOwned, printedKeepingOwned } from './merchandising/owned.ts';
export { previewRules, type PreviewedSuggestion, type RulesPreview } from './merchandising/preview-rules.ts';
export { adjustmentsInWords, nextRuleChange } from './merchandising/rules.ts';
