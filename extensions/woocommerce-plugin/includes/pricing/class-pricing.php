<?php
/**
 * Prices carts by what the app published.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Pricing;

defined( 'ABSPATH' ) || exit;

/**
 * Hooks pricing in. Discounts are ordinary ones of WooCommerce: a virtual coupon for each offer, with exact amounts for
 * each line, so that taxes, refunds, reports and the Store API see nothing unusual. Nothing that a browser says is a
 * price: what a cart earns is worked out again with every calculation of its totals.
 */
final class Pricing {

	/** What runs when: hook, class, function, priority, number of arguments. */
	const HOOKS = array(
		// After others have set prices of their own.
		array( 'woocommerce_before_calculate_totals', 'Cart_Coupons', 'put_on', 1000, 1 ),
		array( 'woocommerce_check_cart_items', 'Cart_Coupons', 'put_on_cart', 0, 0 ),
		array( 'woocommerce_get_shop_coupon_data', 'Cart_Coupons', 'data', 10, 2 ),
		array( 'woocommerce_coupon_discount_types', 'Cart_Coupons', 'types', 10, 1 ),
		array( 'woocommerce_coupon_is_valid_for_cart', 'Cart_Coupons', 'is_valid_for_cart', 10, 2 ),
		array( 'woocommerce_coupon_get_discount_amount', 'Cart_Coupons', 'all_of_it', 10, 5 ),
		array( 'woocommerce_coupon_custom_discounts_array', 'Cart_Coupons', 'amounts', 10, 2 ),
		array( 'woocommerce_coupon_is_valid', 'Other_Coupons', 'is_valid', 10, 3 ),
		array( 'woocommerce_coupon_is_valid_for_product', 'Other_Coupons', 'is_valid_for_product', 10, 4 ),
		array( 'woocommerce_cart_shipping_packages', 'Shipping', 'mark', 10, 1 ),
		// After those who turn rates into another currency: what parcels cost is remembered.
		array( 'woocommerce_package_rates', 'Shipping', 'make_free', 100000, 2 ),
		// Before WooCommerce keeps the totals in the session.
		array( 'woocommerce_after_calculate_totals', 'Shipping', 'look_again', 999, 1 ),
		array( 'woocommerce_checkout_create_order_line_item', 'Order_Items', 'on_line', 10, 3 ),
		array( 'woocommerce_checkout_create_order_coupon_item', 'Order_Items', 'on_coupon', 10, 2 ),
		array( 'woocommerce_checkout_create_order', 'Order_Items', 'on_order', 10, 1 ),
		array( 'woocommerce_store_api_checkout_update_order_meta', 'Order_Items', 'on_order', 10, 1 ),
		array( 'woocommerce_checkout_create_order', 'Exchange', 'on_order', 10, 1 ),
		array( 'woocommerce_store_api_checkout_update_order_meta', 'Exchange', 'on_order', 10, 1 ),
		array( 'woocommerce_hidden_order_itemmeta', 'Order_Items', 'hide', 10, 1 ),
		array( 'woocommerce_order_recalculate_coupons_coupon_object', 'Order_Items', 'recalculate', 10, 4 ),
		array( 'woocommerce_cart_totals_coupon_label', 'Labels', 'label', 10, 2 ),
		array( 'woocommerce_cart_totals_coupon_html', 'Labels', 'amount', 10, 3 ),
		array( 'woocommerce_coupon_discount_amount_html', 'Labels', 'free_shipping', 10, 2 ),
		array( 'woocommerce_blocks_enqueue_cart_block_scripts_after', 'Labels', 'add_script', 10, 0 ),
		array( 'woocommerce_blocks_enqueue_checkout_block_scripts_after', 'Labels', 'add_script', 10, 0 ),
		array( 'woocommerce_get_order_item_totals', 'Order_Labels', 'rows', 10, 3 ),
		array( 'woocommerce_admin_order_totals_after_discount', 'Order_Labels', 'in_admin', 10, 1 ),
	);

	/**
	 * Hooks everything in. No class is loaded before its hook runs: most pages calculate no cart.
	 */
	public static function start() {
		// Amounts need 64-bit integers; on anything less WooCommerce's own prices stand.
		if ( PHP_INT_SIZE < 8 ) {
			return;
		}
		foreach ( self::HOOKS as list( $hook, $part, $run, $priority, $arguments ) ) {
			add_filter( $hook, array( __NAMESPACE__ . '\\' . $part, $run ), $priority, $arguments );
		}
	}

	/**
	 * Runs something that must never stop a cart: a failure is logged, and the cart costs what WooCommerce says.
	 *
	 * @param callable $run     What is run.
	 * @param mixed    $instead Answer after a failure.
	 * @return mixed
	 */
	public static function safely( callable $run, $instead ) {
		try {
			return $run();
		} catch ( \Throwable $failure ) {
			self::log( $failure );
			return $instead;
		}
	}

	/**
	 * Tells the store's log, once in a request.
	 *
	 * @param \Throwable $failure What happened.
	 */
	private static function log( \Throwable $failure ) {
		static $told = false;
		if ( ! $told ) {
			$told  = true;
			$where = basename( $failure->getFile() ) . ':' . $failure->getLine();
			wc_get_logger()->error( 'Pricing failed: ' . $failure->getMessage() . ' (' . $where . ')', array( 'source' => 'trellis' ) );
		}
	}
}
