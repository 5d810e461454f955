<?php
/**
 * Exact amounts of virtual coupons.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Pricing;

use Trellis\WooCommerce\Incentives\Money;

defined( 'ABSPATH' ) || exit;

/**
 * WooCommerce calculates in minor units of its own number of decimals, which need not be the currency's.
 */
final class Amounts {

	/**
	 * What comes off each item, in WooCommerce's minor units: never more than is left of it.
	 *
	 * @param array  $available Item key => what is left of it, in WooCommerce's minor units.
	 * @param int[]  $lines     Item key => minor units of the currency.
	 * @param string $currency  ISO 4217.
	 * @return array
	 */
	public static function of( array $available, array $lines, $currency ) {
		$factor = 10 ** ( wc_get_price_decimals() - Money::minor_unit_digits( $currency ) );
		$found  = array();
		foreach ( $available as $key => $left ) {
			$wanted        = isset( $lines[ $key ] ) ? round( $lines[ $key ] * $factor ) : 0;
			$found[ $key ] = max( 0, min( $left, $wanted ) );
		}
		return $found;
	}
}
