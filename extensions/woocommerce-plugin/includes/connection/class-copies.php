<?php
/**
 * What copies of a store must not do.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Connection;

defined( 'ABSPATH' ) || exit;

/**
 * A copy has the original's webhooks: its test orders would be counted as the original's.
 */
final class Copies {

	/**
	 * No delivery from a copy to the app.
	 *
	 * @param bool        $may     What others say.
	 * @param \WC_Webhook $webhook Which one.
	 */
	public static function may_deliver( $may, $webhook ) {
		if ( ! $may || '' === Connection::copy_of() ) {
			return $may;
		}
		$app_url = Connection::app_url();
		return '' === $app_url || 0 !== strpos( $webhook->get_delivery_url(), $app_url . '/' );
	}
}
