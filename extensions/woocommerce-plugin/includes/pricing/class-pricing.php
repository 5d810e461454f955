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

	/**
	 * Hooks everything in.
	 */
	public static function start() {
		// Amounts need 64-bit integers; on anything less WooCommerce's own prices stand.
		if ( PHP_INT_SIZE < 8 ) {
			return;
		}
		Cart_Coupons::start();
		Other_Coupons::start();
		Shipping::start();
		Order_Items::start();
		Labels::start();
		Order_Labels::start();
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
