/** The settings' field of the tax that prices contain, which other pages lead to. */
export const taxFieldId = 'tax-in-prices';
