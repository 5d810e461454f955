<?php
/**
 * What the app published for carts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Pricing;

use Trellis\WooCommerce\Codes\Code_Coupons;
use Trellis\WooCommerce\Connection\Connection;

defined( 'ABSPATH' ) || exit;

/**
 * Reads the option `trellis_discount`.
 */
final class Published {

	const OPTION = 'trellis_discount';

	/**
	 * Texts of the shards; empty where nothing is published or its time has not come.
	 *
	 * @return string[]
	 */
	public static function configs() {
		// Carts with offers ask for codes and suggestions too: one question instead of three.
		wp_prime_option_caches( array( self::OPTION, Code_Coupons::GUARD, Connection::OPT_IN ) );
		$stored = get_option( self::OPTION );
		$told   = is_string( $stored ) ? json_decode( $stored, true ) : $stored;
		if ( ! is_array( $told ) || ! isset( $told['configs'] ) || ! is_array( $told['configs'] ) ) {
			return array();
		}
		$starts = isset( $told['startsAt'] ) && is_string( $told['startsAt'] ) ? strtotime( $told['startsAt'] ) : false;
		return false !== $starts && $starts > time() ? array() : array_values( $told['configs'] );
	}
}
