import { matrixOf, type StackMatrix } from '#app/domains/incentives/index.ts';
import type { PlatformState } from '#app/domains/shops/index.ts';

/** As codes were made before they followed a matrix: one for goods beside free shipping alone, and that beside goods. */
const before = matrixOf((pair) => pair === 'product-shipping' || pair === 'order-shipping');

/** Beside what the codes of ours that are in the store may stand at most. */
export const codesStand = ({ codeStands }: Pick<PlatformState, 'codeStands'>): StackMatrix => codeStands ?? before;
