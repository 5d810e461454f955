<?php
/**
 * What plugins for several currencies say.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Pricing;

defined( 'ABSPATH' ) || exit;

/**
 * Each has a way of its own to tell its rates. All are those at which it turns prices, with what the merchant adds to them.
 */
final class Currency_Plugins {

	/** Who is asked, in this order. */
	const ASKED = array( 'woopayments', 'fox', 'currency_switcher', 'curcy', 'yay_currency', 'price_based_on_country', 'by_amount' );

	/**
	 * Units of the shopper's currency for one of the shop's.
	 *
	 * @param string $shop_currency ISO 4217.
	 * @param string $currency      ISO 4217.
	 * @return float|null Null where none tells it.
	 */
	public static function rate( $shop_currency, $currency ) {
		foreach ( self::ASKED as $plugin ) {
			$rate = self::{$plugin}( $currency, $shop_currency );
			if ( is_numeric( $rate ) && $rate > 0 ) {
				return (float) $rate;
			}
		}
		return null;
	}

	/**
	 * The currency that carts are calculated in where a plugin only shows pages in another. FOX does so unless the merchant
	 * lets shoppers pay in theirs: amounts stay the shop's until WooCommerce writes them.
	 *
	 * @return string|null ISO 4217; null where it is the one of the page.
	 */
	public static function paid_in() {
		$fox = isset( $GLOBALS['WOOCS'] ) ? $GLOBALS['WOOCS'] : null;
		if ( ! is_object( $fox ) || ! isset( $fox->is_multiple_allowed, $fox->default_currency ) || $fox->is_multiple_allowed ) {
			return null;
		}
		return is_string( $fox->default_currency ) ? $fox->default_currency : null;
	}

	/**
	 * WooPayments.
	 *
	 * @param string $currency ISO 4217.
	 * @return mixed
	 */
	private static function woopayments( $currency ) {
		if ( ! function_exists( 'WC_Payments_Multi_Currency' ) ) {
			return null;
		}
		$selected = WC_Payments_Multi_Currency()->get_selected_currency();
		return $selected->get_code() === $currency ? $selected->get_rate() : null;
	}

	/**
	 * FOX, formerly WOOCS.
	 *
	 * @param string $currency ISO 4217.
	 * @return mixed
	 */
	private static function fox( $currency ) {
		$fox   = isset( $GLOBALS['WOOCS'] ) ? $GLOBALS['WOOCS'] : null;
		$known = is_object( $fox ) && method_exists( $fox, 'get_currencies' ) ? $fox->get_currencies() : array();
		return isset( $known[ $currency ]['rate'] ) ? $known[ $currency ]['rate'] : null;
	}

	/**
	 * Currency Switcher for WooCommerce.
	 *
	 * @param string $currency ISO 4217.
	 * @return mixed
	 */
	private static function currency_switcher( $currency ) {
		return function_exists( 'alg_wc_cs_get_currency_exchange_rate' ) ? alg_wc_cs_get_currency_exchange_rate( $currency ) : null;
	}

	/**
	 * CURCY, free or paid for.
	 *
	 * @param string $currency ISO 4217.
	 * @return mixed
	 */
	private static function curcy( $currency ) {
		foreach ( array( 'WOOMULTI_CURRENCY_Data', 'WOOMULTI_CURRENCY_F_Data' ) as $settings ) {
			if ( is_callable( array( $settings, 'get_ins' ) ) ) {
				$known = $settings::get_ins()->get_list_currencies();
				return isset( $known[ $currency ]['rate'] ) ? $known[ $currency ]['rate'] : null;
			}
		}
		return null;
	}

	/**
	 * YayCurrency.
	 *
	 * @param string $currency ISO 4217.
	 * @return mixed
	 */
	private static function yay_currency( $currency ) {
		$helper = 'Yay_Currency\Helpers\YayCurrencyHelper';
		if ( ! is_callable( array( $helper, 'get_currency_by_currency_code' ) ) || ! is_callable( array( $helper, 'get_rate_fee' ) ) ) {
			return null;
		}
		$known = $helper::get_currency_by_currency_code( $currency );
		return is_array( $known ) ? $helper::get_rate_fee( $known ) : null;
	}

	/**
	 * Price Based on Country: the rate of the shopper's zone.
	 *
	 * @param string $currency ISO 4217.
	 * @return mixed
	 */
	private static function price_based_on_country( $currency ) {
		$zone = function_exists( 'wcpbc_the_zone' ) ? wcpbc_the_zone() : null;
		return is_object( $zone ) && $zone->get_currency() === $currency ? $zone->get_exchange_rate() : null;
	}

	/**
	 * Aelia's switcher and WCML turn amounts, and tell no rate.
	 *
	 * @param string $currency      ISO 4217.
	 * @param string $shop_currency ISO 4217.
	 * @return mixed
	 */
	private static function by_amount( $currency, $shop_currency ) {
		foreach ( array( 'wc_aelia_cs_convert', 'wcml_raw_price_amount' ) as $hook ) {
			if ( has_filter( $hook ) ) {
				// A large amount, because plugins round what they convert.
				$amount = 'wcml_raw_price_amount' === $hook
					? apply_filters( $hook, 1000000, $currency ) // phpcs:ignore WordPress.NamingConventions -- another plugin's hook.
					: apply_filters( $hook, 1000000, $shop_currency, $currency ); // phpcs:ignore WordPress.NamingConventions -- another plugin's hook.
				return (float) $amount / 1000000;
			}
		}
		return null;
	}
}
