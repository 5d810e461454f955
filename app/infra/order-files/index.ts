export { readDate as readOrderDate } from './cells.ts';
export { readOrderFile } from './read-order-file.ts';
export { readCsv } from './read-csv.ts';
export { OrderFileError } from './order-file-row.ts';
export type { BadRow, BadRowReason, OrderFileErrorCode, OrderFileRow, OrderLineKind } from './order-file-row.ts';
