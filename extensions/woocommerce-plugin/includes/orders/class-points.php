<?php
/**
 * What an order brought in points.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Orders;

use Trellis\WooCommerce\Connection\Connection;
use Trellis\WooCommerce\Connection\Pause;
use Trellis\WooCommerce\Settings;
use Trellis\WooCommerce\Storefront\Rewards_Places;
use WC_Order;

defined( 'ABSPATH' ) || exit;

/**
 * Asks the app while the page is made; without an answer the page is complete without us. Who looks is whom WordPress has
 * logged in: an order's key shows the order, not somebody's points.
 */
final class Points {

	/** Seconds that a shopper may wait for us. */
	const PATIENCE = 2.0;

	/**
	 * On the page after the purchase and on the order's page in the account.
	 *
	 * @param int $order_id Number of the order.
	 */
	public static function show( $order_id ) {
		$order = null === Connection::get() ? null : wc_get_order( $order_id );
		if ( ! $order instanceof WC_Order || ! Settings::get()['placements']['points'] || ! Rewards_Places::is_live() || $order->has_status( array( 'failed', 'cancelled', 'refunded' ) ) ) {
			return;
		}
		$user   = get_current_user_id();
		$answer = Pause::call(
			'points',
			'POST',
			'/plugin/woocommerce/shopper/order-points',
			array(),
			array(
				'orderId'    => (string) $order->get_id(),
				'customerId' => $user > 0 ? (string) $user : null,
				'locale'     => determine_locale(),
			),
			self::PATIENCE
		);
		if ( ! is_wp_error( $answer ) && isset( $answer['points'] ) && is_array( $answer['points'] ) ) {
			self::write( $answer['points'] );
		}
	}

	/**
	 * Prints it.
	 *
	 * @param array $points What the app answered: `title`, `lines` and `link`.
	 */
	private static function write( array $points ) {
		$title = isset( $points['title'] ) && is_string( $points['title'] ) ? $points['title'] : '';
		$link  = isset( $points['link']['text'], $points['link']['address'] ) && is_string( $points['link']['text'] ) && is_string( $points['link']['address'] ) ? $points['link'] : null;
		$lines = array_filter( isset( $points['lines'] ) && is_array( $points['lines'] ) ? $points['lines'] : array(), 'is_string' );
		echo '<section class="trellis-points"><h2>' . esc_html( $title ) . '</h2>';
		foreach ( $lines as $line ) {
			echo '<p>' . esc_html( $line ) . '</p>';
		}
		if ( null !== $link ) {
			echo '<p><a class="button wp-element-button" href="' . esc_url( $link['address'] ) . '">' . esc_html( $link['text'] ) . '</a></p>';
		}
		echo '</section>';
	}
}
