<?php
/**
 * The margin guard. Twin of app/domains/incentives/margin.ts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives;

defined( 'ABSPATH' ) || exit;

/**
 * Margins are (price − cost) / price in basis points; amounts are minor units.
 */
final class Margin {

	/**
	 * Share of an amount, rounded half up to the minor unit.
	 *
	 * @param int|float $minor        Minor units.
	 * @param int       $basis_points 1500 = 15 %.
	 * @return int|float
	 */
	public static function percentage_of( $minor, $basis_points ) {
		return Money::whole( floor( ( $minor * $basis_points + 5000 ) / 10000 ) );
	}

	/**
	 * The lowest price of a unit that still leaves the merchant's margin: cost ÷ (1 − margin), rounded up. A margin
	 * of 100 % or more allows no discount: the floor is the price itself.
	 *
	 * @param int|float      $price Minor units.
	 * @param int|float|null $cost  Minor units; null = unknown, then price × (1 − default margin), rounded up.
	 * @param array          $rules Incentive rules.
	 * @return int|float
	 */
	public static function floor_of( $price, $cost, array $rules ) {
		$share = 10000 - $rules['minMarginBps'];
		if ( $share <= 0 ) {
			return $price;
		}
		if ( null === $cost ) {
			$cost = ceil( ( $price * max( 0, 10000 - $rules['defaultMarginBps'] ) ) / 10000 );
		}
		return Money::whole( ceil( ( $cost * 10000 ) / $share ) );
	}

	/**
	 * Reduces a discount so that the price does not fall below the floor; never below zero.
	 *
	 * @param int|float $wanted Minor units.
	 * @param int|float $price  Minor units.
	 * @param int|float $floor  Minor units.
	 * @return array{0: int|float, 1: string} What is left, and 'untouched', 'reduced' or 'refused'.
	 */
	public static function guard_discount( $wanted, $price, $floor ) {
		$minor = min( $wanted, $price, max( 0, $price - $floor ) );
		if ( $minor >= min( $wanted, $price ) ) {
			return array( $minor, 'untouched' );
		}
		return array( $minor, $minor <= 0 ? 'refused' : 'reduced' );
	}
}
