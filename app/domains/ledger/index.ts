export { earn } from './earn.ts';
export { reverse } from './reverse.ts';
export { capture, release } from './settle-hold.ts';
export { hold, spend } from './spend.ts';
export { readBalances } from './store.ts';
