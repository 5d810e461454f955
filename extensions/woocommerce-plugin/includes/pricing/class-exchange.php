<?php
/**
 * Rates of stores that sell in several currencies.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Pricing;

use WC_Abstract_Order;
use WC_Order;

defined( 'ABSPATH' ) || exit;

/**
 * WooCommerce itself knows one currency, and an order does not say what it is worth in the shop's. Few plugins note it,
 * and hardly one of them at the checkout block, so that we do.
 */
final class Exchange {

	/** Order meta: units of the order's currency for one of the shop's, and which that is. */
	const RATE     = '_trellis_exchange_rate';
	const CURRENCY = '_trellis_shop_currency';

	/** Beyond these no pair of currencies ever stood, and nobody reads such a rate. */
	const LEAST = 1e-9;
	const MOST  = 1e9;

	/**
	 * What the amounts of products and carts are in, which need not be what a page shows.
	 *
	 * @return string ISO 4217.
	 */
	public static function currency() {
		$paid_in = Currency_Plugins::paid_in();
		return null === $paid_in ? get_woocommerce_currency() : $paid_in;
	}

	/**
	 * Units of the shopper's currency for one of the shop's, as a plain decimal.
	 *
	 * @param string $shop_currency ISO 4217.
	 * @param string $currency      ISO 4217, what the shopper pays in.
	 * @return string '' where nobody tells it, or whoever does fails: then nothing is taken off rather than the wrong amount.
	 */
	public static function rate( $shop_currency, $currency ) {
		return Pricing::safely(
			static function () use ( $shop_currency, $currency ) {
				$rate = $shop_currency === $currency ? 1.0 : Currency_Plugins::rate( $shop_currency, $currency );
				/**
				 * The rate at which offers are turned into the shopper's currency, for plugins that are not known here.
				 *
				 * @param float|null $rate          Units of the shopper's currency for one of the shop's; null = unknown.
				 * @param string     $shop_currency ISO 4217.
				 * @param string     $currency      ISO 4217.
				 */
				return self::decimal( apply_filters( 'trellis_exchange_rate', $rate, $shop_currency, $currency ) );
			},
			''
		);
	}

	/**
	 * Notes what an order is worth in the shop's currency. The Store API asks for each change of a draft, and shoppers
	 * change their currency in between.
	 *
	 * @param mixed $order Saved by whoever calls.
	 */
	public static function on_order( $order ) {
		if ( ! $order instanceof WC_Order ) {
			return;
		}
		$shop = (string) get_option( 'woocommerce_currency' );
		$rate = $order->get_currency() === $shop ? '' : self::rate( $shop, $order->get_currency() );
		if ( '' === $rate ) {
			$order->delete_meta_data( self::RATE );
			$order->delete_meta_data( self::CURRENCY );
		} else {
			$order->update_meta_data( self::RATE, $rate );
			$order->update_meta_data( self::CURRENCY, $shop );
		}
		if ( $order->get_id() > 0 ) {
			$order->save_meta_data();
		}
	}

	/**
	 * The rate at which an order was placed.
	 *
	 * @param WC_Abstract_Order $order         Order.
	 * @param string            $shop_currency ISO 4217.
	 * @return string As `rate` tells it.
	 */
	public static function of_order( WC_Abstract_Order $order, $shop_currency ) {
		if ( $order->get_currency() === $shop_currency ) {
			return '1';
		}
		return $order->get_meta( self::CURRENCY ) === $shop_currency ? self::decimal( $order->get_meta( self::RATE ) ) : '';
	}

	/**
	 * A plain decimal.
	 *
	 * @param mixed $rate Rate.
	 * @return string '' for what is none.
	 */
	private static function decimal( $rate ) {
		$read = is_numeric( $rate ) ? (float) $rate : 0.0;
		return $read >= self::LEAST && $read <= self::MOST ? rtrim( rtrim( number_format( $read, 12, '.', '' ), '0' ), '.' ) : '';
	}
}
