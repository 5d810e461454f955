<?php
/**
 * What is offered after a purchase.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Orders;

use Trellis\WooCommerce\Connection\Connection;
use Trellis\WooCommerce\Connection\Pause;
use Trellis\WooCommerce\Settings;
use WC_Order;

defined( 'ABSPATH' ) || exit;

/**
 * Asks the app while the page is made, two seconds at most; without an answer the page is complete without us.
 */
final class Offers {

	/** Seconds that a shopper may wait for us. */
	const PATIENCE = 2.0;

	/**
	 * On the page after the purchase.
	 *
	 * @param int $order_id Number of the order.
	 */
	public static function thank_you( $order_id ) {
		self::show( (int) $order_id, 'thank-you' );
	}

	/**
	 * On the order's page in the account.
	 *
	 * @param int $order_id Number of the order.
	 */
	public static function order_view( $order_id ) {
		self::show( (int) $order_id, 'order-status' );
	}

	/**
	 * Prints what is offered.
	 *
	 * @param int    $order_id Number of the order.
	 * @param string $surface  `thank-you` or `order-status`.
	 */
	private static function show( $order_id, $surface ) {
		$connection = Connection::get();
		$order      = null === $connection ? null : wc_get_order( $order_id );
		if ( ! $order instanceof WC_Order || ! Settings::get()['placements']['offers'] || ! self::is_theirs( $order ) ) {
			return;
		}
		$bought = array();
		foreach ( $order->get_items() as $item ) {
			$bought[] = $item instanceof \WC_Order_Item_Product ? (string) $item->get_product_id() : '0';
		}
		$bought = array_slice( array_values( array_unique( array_diff( $bought, array( '0' ) ) ) ), 0, 200 );
		if ( array() === $bought || $order->has_status( array( 'failed', 'cancelled', 'refunded' ) ) ) {
			return;
		}
		$visitor = $order->get_meta( Marks::VISITOR );
		$user    = get_current_user_id();
		$answer  = Pause::call(
			'offers',
			'POST',
			'/plugin/woocommerce/shopper/order-offers',
			array(),
			array(
				'orderId'    => (string) $order->get_id(),
				'surface'    => $surface,
				'bought'     => $bought,
				'visitorId'  => is_string( $visitor ) && '' !== $visitor ? $visitor : null,
				'customerId' => $user > 0 ? (string) $user : null,
			),
			self::PATIENCE
		);
		if ( is_wp_error( $answer ) ) {
			return;
		}
		Offers_View::show( isset( $answer['offer'] ) ? $answer['offer'] : null, $connection['appUrl'] );
	}

	/**
	 * True for whoever holds the order's key or is its customer.
	 *
	 * @param WC_Order $order An order.
	 */
	private static function is_theirs( WC_Order $order ) {
		// phpcs:ignore WordPress.Security.NonceVerification.Recommended -- the key of the order is the proof.
		$key = isset( $_GET['key'] ) ? sanitize_text_field( wp_unslash( $_GET['key'] ) ) : '';
		return ( '' !== $key && $order->key_is_valid( $key ) ) || ( get_current_user_id() > 0 && get_current_user_id() === $order->get_customer_id() );
	}
}
