<?php
/**
 * Shop currency to the currency that the shopper pays in. Twin of app/domains/incentives/rate.ts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives;

defined( 'ABSPATH' ) || exit;

/**
 * Turns shop-currency minor units into presentment minor units, exactly. The rate is a decimal, so that dividing by
 * its denominator is to move the point.
 */
final class Conversion {

	/**
	 * True where every amount stays as it is.
	 *
	 * @var bool
	 */
	public $same;

	/**
	 * The rate's digits without its point and leading zeros.
	 *
	 * @var string
	 */
	private $scaled;

	/**
	 * Places by which the point of amount × digits moves to the left.
	 *
	 * @var int
	 */
	private $shift;

	/**
	 * Reads a presentment rate ("0.9213") between two currencies with their own minor units.
	 *
	 * @param string $rate          Presentment units for one unit of shop currency.
	 * @param string $shop_currency ISO 4217.
	 * @param string $currency      ISO 4217.
	 * @return self|null Null for anything but a positive plain decimal.
	 */
	public static function read( $rate, $shop_currency, $currency ) {
		if ( ! preg_match( '/^([0-9]{1,12})(?:\.([0-9]{1,12}))?$/D', $rate, $match ) ) {
			return null;
		}
		$fraction = isset( $match[2] ) ? $match[2] : '';
		$scaled   = ltrim( $match[1] . $fraction, '0' );
		if ( '' === $scaled ) {
			return null;
		}
		$found         = new self();
		$found->scaled = $scaled;
		$found->shift  = strlen( $fraction ) + Money::minor_unit_digits( $shop_currency ) - Money::minor_unit_digits( $currency );
		$found->same   = $found->shift >= 0 && '1' . str_repeat( '0', $found->shift ) === $scaled;
		return $found;
	}

	/**
	 * Rounded half up: what an offer promises.
	 *
	 * @param int $minor Shop-currency minor units, not negative.
	 * @return int|float
	 */
	public function nearest( $minor ) {
		return $this->same ? $minor : $this->convert( $minor, '4' );
	}

	/**
	 * Rounded up: what a unit costs, so that the guard errs on the merchant's side.
	 *
	 * @param int $minor Shop-currency minor units, not negative.
	 * @return int|float
	 */
	public function up( $minor ) {
		return $this->same ? $minor : $this->convert( $minor, '0' );
	}

	/**
	 * Amount × rate, rounded up where the digits that fall away are above this digit.
	 *
	 * @param int    $minor Shop-currency minor units.
	 * @param string $above '4' for half up, '0' for up.
	 * @return int|float
	 */
	private function convert( $minor, $above ) {
		$product = self::multiply( (string) $minor, $this->scaled );
		if ( $this->shift <= 0 ) {
			return self::to_number( $product . str_repeat( '0', -$this->shift ) );
		}
		$product = str_pad( $product, $this->shift + 1, '0', STR_PAD_LEFT );
		$whole   = self::to_number( substr( $product, 0, -$this->shift ) );
		$dropped = substr( $product, -$this->shift );
		$more    = '0' === $above ? '' !== trim( $dropped, '0' ) : $dropped[0] > $above;
		return $more ? Money::whole( $whole + 1 ) : $whole;
	}

	/**
	 * The product of two numbers that may be longer than an integer.
	 *
	 * @param string $a Digits.
	 * @param string $b Digits.
	 * @return string Digits.
	 */
	private static function multiply( $a, $b ) {
		if ( strlen( $a ) + strlen( $b ) <= 18 ) {
			return (string) ( (int) $a * (int) $b );
		}
		// Places of seven digits, so that sums of their products stay integers.
		$left   = array_map( 'intval', array_map( 'strrev', str_split( strrev( $a ), 7 ) ) );
		$right  = array_map( 'intval', array_map( 'strrev', str_split( strrev( $b ), 7 ) ) );
		$places = array_fill( 0, count( $left ) + count( $right ), 0 );
		foreach ( $left as $i => $x ) {
			foreach ( $right as $j => $y ) {
				$places[ $i + $j ] += $x * $y;
			}
		}
		$digits = '';
		$carry  = 0;
		foreach ( $places as $place ) {
			$place += $carry;
			$carry  = intdiv( $place, 10000000 );
			$digits = str_pad( (string) ( $place % 10000000 ), 7, '0', STR_PAD_LEFT ) . $digits;
		}
		$digits = ltrim( $digits, '0' );
		return '' === $digits ? '0' : $digits;
	}

	/**
	 * Digits as an amount.
	 *
	 * @param string $digits Whole number.
	 * @return int|float
	 */
	private static function to_number( $digits ) {
		return Money::whole( (float) $digits );
	}
}
