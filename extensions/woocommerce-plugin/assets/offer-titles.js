/* Titles of offers in place of coupon codes, in the cart and checkout blocks. A word joiner, which nobody sees, marks what
   the cart earns by itself, so that its button for taking the coupon off can be hidden. */
(function () {
  wc.blocksCheckout.registerCheckoutFilters('trellis-offers', {
    coupons: function (coupons) {
      var cart = wp.data.select('wc/store/cart').getCartData();
      var told = (cart.extensions || {}).trellis;
      var titles = (told && told.titles) || {};
      return coupons.map(function (coupon) {
        var title = titles[coupon.code];
        var mark = coupon.code.indexOf('trellis:') === 0 ? '\u2060' : '';
        return title ? Object.assign({}, coupon, { label: title + mark }) : coupon;
      });
    },
  });
})();
