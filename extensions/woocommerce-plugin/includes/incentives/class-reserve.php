<?php
/**
 * What our discounts leave to a code. Twin of app/domains/incentives/reserve.ts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives;

defined( 'ABSPATH' ) || exit;

/**
 * Floors that hold when a code takes its share off as well.
 */
final class Reserve {

	/**
	 * The lowest price that keeps the floor when a code takes its share off it, rounded up.
	 *
	 * @param int|float $floor       Minor units.
	 * @param int|float $reserve_bps Basis points.
	 * @return int|float
	 */
	public static function raise( $floor, $reserve_bps ) {
		return $reserve_bps <= 0 ? $floor : Money::whole( ceil( ( $floor * 10000 ) / ( 10000 - $reserve_bps ) ) );
	}

	/**
	 * The floor of an order under its discount. Codes for the order count from what it costs before that discount, so
	 * that they take more than their share of what is left.
	 *
	 * @param int|float $base        Minor units.
	 * @param int|float $raised      Floors that leave the reserve.
	 * @param int|float $reserve_bps Basis points.
	 * @return int|float
	 */
	public static function floor_of_order( $base, $raised, $reserve_bps ) {
		if ( $reserve_bps <= 0 || $raised >= $base ) {
			return $raised;
		}
		return $base - Money::whole( floor( ( ( $base - $raised ) * ( 10000 - $reserve_bps ) ) / 10000 ) );
	}

	/**
	 * Leaves the whole order, not only each set, above its raised floor: a code takes its share off what is in no set
	 * as well. The last choices give way first; of one that stands several times, each time gives the same.
	 *
	 * @param array[] $choices Choices.
	 * @param Pool[]  $pools   All pools.
	 * @return array{0: array[], 1: Matched[]} The choices, and those that gave way as a whole.
	 */
	public static function keep( array $choices, array $pools ) {
		$room = 0;
		foreach ( $pools as $pool ) {
			$room += ( $pool->price - $pool->floor ) * $pool->count;
		}
		$short = -max( 0, $room );
		foreach ( $choices as $choice ) {
			$short += $choice['candidate']->value * $choice['count'];
		}
		$kept = array();
		$gone = array();
		foreach ( array_reverse( $choices ) as $choice ) {
			$candidate = $choice['candidate'];
			$less      = $short > 0 ? Money::whole( ceil( $short / $choice['count'] ) ) : 0;
			if ( $less > 0 && ( $candidate->matched->whole || $less >= $candidate->value ) ) {
				$gone[] = $candidate->matched;
				$short -= $candidate->value * $choice['count'];
				continue;
			}
			if ( $less > 0 ) {
				$choice['candidate'] = clone $candidate;

				$choice['candidate']->value -= $less;
				$short                      -= $less * $choice['count'];
			}
			$kept[] = $choice;
		}
		return array( array_reverse( $kept ), $gone );
	}
}
