<?php
/**
 * What the app published for carts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Pricing;

defined( 'ABSPATH' ) || exit;

/**
 * Reads the option `trellis_discount`.
 */
final class Published {

	/**
	 * Texts of the shards; empty where nothing is published or its time has not come.
	 *
	 * @return string[]
	 */
	public static function configs() {
		$stored = get_option( 'trellis_discount' );
		$told   = is_string( $stored ) ? json_decode( $stored, true ) : $stored;
		if ( ! is_array( $told ) || ! isset( $told['configs'] ) || ! is_array( $told['configs'] ) ) {
			return array();
		}
		$starts = isset( $told['startsAt'] ) && is_string( $told['startsAt'] ) ? strtotime( $told['startsAt'] ) : false;
		return false !== $starts && $starts > time() ? array() : array_values( $told['configs'] );
	}
}
