<?php
/**
 * Which form of a text goes with a number.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront\Runtime;

defined( 'ABSPATH' ) || exit;

/**
 * Rules of Unicode CLDR for whole numbers, for the languages of our texts.
 */
final class Plurals {

	/**
	 * The form: `one`, `many` or `other`.
	 *
	 * @param string    $language Language, two letters.
	 * @param int|float $number   Number.
	 * @return string
	 */
	public static function form( $language, $number ) {
		$count = abs( $number );
		switch ( $language ) {
			case 'ja':
				return 'other';
			case 'fr':
				if ( $count < 2 ) {
					return 'one';
				}
				break;
			default:
				if ( 1.0 === (float) $count ) {
					return 'one';
				}
		}
		$has_many = 'fr' === $language || 'es' === $language;
		return $has_many && $count >= 1000000 && 0.0 === fmod( $count, 1000000 ) ? 'many' : 'other';
	}
}
