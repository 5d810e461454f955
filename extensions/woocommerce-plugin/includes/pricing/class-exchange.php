<?php
/**
 * Rates of stores that sell in several currencies.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Pricing;

defined( 'ABSPATH' ) || exit;

/**
 * WooCommerce itself knows one currency. Plugins that show others each have a way of their own to tell the rate.
 */
final class Exchange {

	/**
	 * Units of the shopper's currency for one of the shop's, as a plain decimal.
	 *
	 * @param string $shop_currency ISO 4217.
	 * @param string $currency      ISO 4217, what the shopper pays in.
	 * @return string '' where nobody tells it: then nothing is taken off rather than the wrong amount.
	 */
	public static function rate( $shop_currency, $currency ) {
		$rate = $shop_currency === $currency ? 1.0 : self::told_by_plugins( $shop_currency, $currency );
		/**
		 * The rate at which offers are turned into the shopper's currency, for plugins that are not known here.
		 *
		 * @param float|null $rate          Units of the shopper's currency for one of the shop's; null = unknown.
		 * @param string     $shop_currency ISO 4217.
		 * @param string     $currency      ISO 4217.
		 */
		$rate = apply_filters( 'trellis_exchange_rate', $rate, $shop_currency, $currency );
		if ( ! is_numeric( $rate ) || $rate <= 0 || ! is_finite( (float) $rate ) ) {
			return '';
		}
		return rtrim( rtrim( number_format( (float) $rate, 12, '.', '' ), '0' ), '.' );
	}

	/**
	 * What WooPayments, WOOCS, Currency Switcher for WooCommerce, Aelia's switcher or WCML say.
	 *
	 * @param string $shop_currency ISO 4217.
	 * @param string $currency      ISO 4217.
	 * @return float|null
	 */
	private static function told_by_plugins( $shop_currency, $currency ) {
		if ( function_exists( 'WC_Payments_Multi_Currency' ) ) {
			$selected = WC_Payments_Multi_Currency()->get_selected_currency();
			return $selected->get_code() === $currency ? (float) $selected->get_rate() : null;
		}
		if ( isset( $GLOBALS['WOOCS'] ) && is_object( $GLOBALS['WOOCS'] ) && method_exists( $GLOBALS['WOOCS'], 'get_currencies' ) ) {
			$known = $GLOBALS['WOOCS']->get_currencies();
			return isset( $known[ $currency ]['rate'] ) ? (float) $known[ $currency ]['rate'] : null;
		}
		if ( function_exists( 'alg_wc_cs_get_currency_exchange_rate' ) ) {
			return (float) alg_wc_cs_get_currency_exchange_rate( $currency );
		}
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
