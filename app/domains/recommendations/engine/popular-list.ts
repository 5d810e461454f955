/** Products that a shop's list of what is popular holds. */
export const popularLength = 50;

/** What a product's shares of this week's and this month's baskets make of it in that list. */
export const popularScore = (week: number, month: number): number => Math.round((week + month) * 10_000) / 10_000;
