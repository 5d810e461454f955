export type { BundleSales, LookBackDays, SalesDay, SalesTotals, Span, SuggestionTotals } from './model.ts';
export { readBundleSales, readSalesByDay, readSpan, readSuggestionTotals, sumDays } from './store.ts';
