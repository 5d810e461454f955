import { constant, i32Load, i32Store } from './wasm-bytes.ts';

/**
 * Bytes of a line, which holds its item's place among 32-bit numbers: two where all places fit, so that twice as many
 * lines lie in the nearest caches.
 */
export type LineWidth = 2 | 4;
export const lineWidths: readonly LineWidth[] = [2, 4];
export const widthFor = (items: number): LineWidth => (items <= 2 ** 14 ? 2 : 4);

const shiftLeft = 0x74;
/** What was read × the width: a number of lines in bytes. */
export const wordsOf = (width: LineWidth): number[] => [...constant(width / 2), shiftLeft];
export const loadLine = (width: LineWidth, offset = 0): number[] => (width === 2 ? [0x2f, 1, offset] : i32Load(offset));
export const storeLine = (width: LineWidth): number[] => (width === 2 ? [0x3b, 1, 0] : i32Store());
