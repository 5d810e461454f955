<?php
/**
 * Whole minor units. Twin of app/shared/money.ts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives;

defined( 'ABSPATH' ) || exit;

/**
 * Amounts are integers. Only beyond 2^53 minor units, which no order reaches, do they become floats, because there
 * the definition's numbers are floats as well.
 */
final class Money {

	/** The largest whole number below which all are exact in the definition. */
	const MOST = 9007199254740991;

	/** ISO 4217 minor-unit exponents that differ from 2. Source: ISO 4217 list one, amendment 176. */
	const EXPONENTS = array(
		'BIF' => 0,
		'CLP' => 0,
		'DJF' => 0,
		'GNF' => 0,
		'ISK' => 0,
		'JPY' => 0,
		'KMF' => 0,
		'KRW' => 0,
		'PYG' => 0,
		'RWF' => 0,
		'UGX' => 0,
		'UYI' => 0,
		'VND' => 0,
		'VUV' => 0,
		'XAF' => 0,
		'XOF' => 0,
		'XPF' => 0,
		'BHD' => 3,
		'IQD' => 3,
		'JOD' => 3,
		'KWD' => 3,
		'LYD' => 3,
		'OMR' => 3,
		'TND' => 3,
	);

	/**
	 * Digits after the decimal point of a currency: 0, 2 or 3.
	 *
	 * @param string $currency ISO 4217.
	 * @return int
	 */
	public static function minor_unit_digits( $currency ) {
		return isset( self::EXPONENTS[ $currency ] ) ? self::EXPONENTS[ $currency ] : 2;
	}

	/**
	 * A whole float as an integer where that is exact.
	 *
	 * @param int|float $value Whole number.
	 * @return int|float
	 */
	public static function whole( $value ) {
		return is_float( $value ) && abs( $value ) <= self::MOST ? (int) $value : $value;
	}

	/**
	 * Splits a total over weights by the largest-remainder (Hamilton) method: whole minor units that add up to the
	 * total, ties to the earlier part; all-zero weights split evenly. The shares are worked out in floats as in the
	 * definition, so that ties fall alike.
	 *
	 * @param int|float     $total   Minor units, not negative.
	 * @param int[]|float[] $weights A list, none negative.
	 * @return int[]|float[] A list as long as the weights; empty for no weights.
	 */
	public static function split_by_weights( $total, array $weights ) {
		$count = count( $weights );
		if ( 1 === $count ) {
			return array( $total );
		}
		$sum        = array_sum( $weights );
		$parts      = array();
		$remainders = array();
		$rest       = $total;
		foreach ( $weights as $weight ) {
			$exact        = 0 == $sum ? $total / $count : ( (float) $total * $weight ) / $sum; // phpcs:ignore Universal.Operators.StrictComparisons -- int or float.
			$whole        = self::whole( floor( $exact ) );
			$parts[]      = $whole;
			$remainders[] = $exact - $whole;
			$rest        -= $whole;
		}
		for ( ; $rest > 0 && $count > 0; --$rest ) {
			$largest = 0;
			for ( $at = 1; $at < $count; ++$at ) {
				if ( $remainders[ $at ] > $remainders[ $largest ] ) {
					$largest = $at;
				}
			}
			++$parts[ $largest ];
			$remainders[ $largest ] = -1;
		}
		return $parts;
	}
}
