/** What several statements read of a product's variants `v`, so that they mean the same. */

/** The variant can be bought now. */
export const canBuy = '(v.stock IS NULL OR v.stock > 0 OR v.sell_when_out_of_stock)';

/** Order of variants whose first is shown: the platform's, but one that can be bought goes before one that cannot. */
export const shownFirst = `${canBuy} DESC, v.position, v.id`;

/** Over all variants; NULL where there is none. Minor units. */
export const lowestPrice = 'min(v.price_minor)';

/** Over all variants; NULL where one is not tracked. */
export const unitsForSale = 'CASE WHEN bool_or(v.stock IS NULL) THEN NULL ELSE sum(greatest(v.stock, 0)) END';

/** A product row `p` may be offered now: active, published, no gift card, a variant that can be bought. */
export const forSale = `p.deleted_at IS NULL AND p.status = 'active' AND p.published AND NOT p.gift_card
  AND EXISTS (SELECT FROM variant v WHERE v.shop_id = p.shop_id AND v.product_id = p.id AND ${canBuy})`;
