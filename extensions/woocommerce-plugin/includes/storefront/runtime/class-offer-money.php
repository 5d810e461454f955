<?php
/**
 * Offers in the currency that the shopper pays in.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront\Runtime;

use Trellis\WooCommerce\Incentives\Conversion;
use Trellis\WooCommerce\Pricing\Exchange;

defined( 'ABSPATH' ) || exit;

/**
 * Offers are published with amounts of the shop's currency. Where a plugin sells in others, the widgets say what the
 * cart will take off; an offer that the cart cannot keep, because nobody tells the rate, is not shown.
 */
final class Offer_Money {

	/**
	 * Offers that can be kept in the currency of the page, with its amounts.
	 *
	 * @param array $offers Published offers.
	 * @return array
	 */
	public static function in_currency( array $offers ) {
		$currency = Exchange::currency();
		$shown    = array();
		foreach ( $offers as $offer ) {
			$own = Values::get( $offer, 'currency' );
			if ( ! is_string( $own ) || $own === $currency ) {
				$shown[] = $offer;
				continue;
			}
			$rate = Conversion::read( Exchange::rate( $own, $currency ), $own, $currency );
			if ( null !== $rate ) {
				$shown[] = (object) ( array( 'currency' => $currency ) + self::convert( (array) $offer, $rate ) );
			}
		}
		return $shown;
	}

	/**
	 * A part of an offer; whatever is named as minor units is an amount.
	 *
	 * @param array      $part Part.
	 * @param Conversion $rate From the shop's currency.
	 * @return array
	 */
	private static function convert( array $part, Conversion $rate ) {
		foreach ( $part as $name => $value ) {
			if ( is_array( $value ) ) {
				$part[ $name ] = self::convert( $value, $rate );
			} elseif ( is_object( $value ) ) {
				$part[ $name ] = (object) self::convert( get_object_vars( $value ), $rate );
			} elseif ( is_int( $value ) && preg_match( '/(?:^m|M)inor$/D', (string) $name ) ) {
				$part[ $name ] = $rate->nearest( $value );
			}
		}
		return $part;
	}
}
