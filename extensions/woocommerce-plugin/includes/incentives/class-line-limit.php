<?php
/**
 * How many lines bundles may touch. Twin of app/domains/incentives/line-limit.ts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives;

defined( 'ABSPATH' ) || exit;

/**
 * A checkout of another platform limits what a discount may say; the same limit holds here, so that both agree.
 */
final class Line_Limit {

	const MOST_LINES      = 100;
	const FREE_EXCLUSIONS = 30;

	/**
	 * Lines that bundles may touch: fewer where an order's discount may have many lines to exclude.
	 *
	 * @param array   $cart   Cart.
	 * @param array[] $offers Live offers.
	 * @param array   $rules  Incentive rules.
	 * @return int
	 */
	public static function of( array $cart, array $offers, array $rules ) {
		if ( ! self::take_off_order( $offers ) ) {
			return self::MOST_LINES;
		}
		$excluded = 0;
		foreach ( $cart['lines'] as $line ) {
			$excluded += Pools::takes_part( $line, $rules ) ? 0 : 1;
		}
		// Five excluded lines take no more room than two bundled ones.
		$fewer = intdiv( max( 0, $excluded - self::FREE_EXCLUSIONS ) * 2 + 4, 5 );
		return max( 0, self::MOST_LINES - $fewer );
	}

	/**
	 * True where a goal takes something off the whole order.
	 *
	 * @param array[] $offers Live offers.
	 * @return bool
	 */
	private static function take_off_order( array $offers ) {
		foreach ( $offers as $offer ) {
			$goals = Kinds\Registry::kind_of( $offer )->goals( $offer );
			foreach ( null === $goals ? array() : $goals['tiers'] as $tier ) {
				if ( 'order-discount' === $tier['reward']['type'] ) {
					return true;
				}
			}
		}
		return false;
	}
}
