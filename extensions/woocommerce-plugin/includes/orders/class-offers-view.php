<?php
/**
 * How an offer after a purchase looks.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Orders;

use Trellis\WooCommerce\Incentives\Conversion;
use Trellis\WooCommerce\Incentives\Money;
use Trellis\WooCommerce\Pricing\Exchange;
use WC_Product;

defined( 'ABSPATH' ) || exit;

/**
 * Products in the theme's own cards. Names and pictures are the store's, links lead to the app, which leads to the cart.
 */
final class Offers_View {

	const MOST = 3;

	/**
	 * Prints an offer.
	 *
	 * @param mixed  $offer   What the app answered.
	 * @param string $app_url The app.
	 */
	public static function show( $offer, $app_url ) {
		$cards = array();
		foreach ( is_array( $offer ) && isset( $offer['products'] ) && is_array( $offer['products'] ) ? $offer['products'] : array() as $offered ) {
			$card = self::card( $offered, $app_url );
			if ( '' !== $card && count( $cards ) < self::MOST ) {
				$cards[] = $card;
			}
		}
		if ( array() === $cards ) {
			return;
		}
		echo '<section class="trellis-offers"><h2>' . esc_html__( 'Goes well with your order', 'trellis-for-woocommerce' ) . '</h2>';
		$promise = self::promise( isset( $offer['discount'] ) ? $offer['discount'] : null );
		if ( '' !== $promise ) {
			echo '<p>' . esc_html( $promise ) . '</p>';
		}
		// Themes lay their columns out by these two names.
		$last     = count( $cards ) - 1;
		$cards[0] = str_replace( '{place}', $last > 0 ? 'first' : 'first last', $cards[0] );

		$cards[ $last ] = str_replace( '{place}', 'last', $cards[ $last ] );
		echo '<div class="woocommerce"><ul class="products columns-' . count( $cards ) . '">' . str_replace( '{place}', '', implode( '', $cards ) ) . '</ul></div></section>'; // phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- escaped in card().
	}

	/**
	 * One product, '' where this store does not sell it now.
	 *
	 * @param mixed  $offered What the app answered of it.
	 * @param string $app_url The app.
	 */
	private static function card( $offered, $app_url ) {
		$ticket  = is_array( $offered ) && isset( $offered['ticket'] ) && is_string( $offered['ticket'] ) ? $offered['ticket'] : '';
		$product = is_array( $offered ) && isset( $offered['productId'] ) && is_scalar( $offered['productId'] ) ? wc_get_product( (int) $offered['productId'] ) : null;
		if ( ! preg_match( '/^[A-Za-z0-9._~-]{1,8192}$/', $ticket ) || ! $product instanceof WC_Product || ! $product->is_purchasable() || ! $product->is_in_stock() ) {
			return '';
		}
		$link = esc_url( $app_url . '/checkout/offers/' . $ticket );
		return sprintf(
			'<li class="product %7$s"><a href="%1$s" class="woocommerce-LoopProduct-link" rel="nofollow">%2$s<h3 class="woocommerce-loop-product__title">%3$s</h3><span class="price">%4$s</span></a><a href="%1$s" class="button wp-element-button" rel="nofollow" aria-label="%6$s">%5$s</a></li>',
			$link,
			$product->get_image( 'woocommerce_thumbnail', array( 'alt' => '' ) ),
			esc_html( $product->get_name() ),
			wp_kses_post( self::price( $product, $offered ) ),
			esc_html__( 'Add to a new order', 'trellis-for-woocommerce' ),
			/* translators: %s: name of a product */
			esc_attr( sprintf( __( 'Add to a new order: %s', 'trellis-for-woocommerce' ), $product->get_name() ) ),
			'{place}'
		);
	}

	/**
	 * The price, and the one before where it is reduced.
	 *
	 * @param WC_Product $product The store's product.
	 * @param array      $offered With price and offerPrice, minor units on the basis on which the store enters prices.
	 */
	private static function price( WC_Product $product, array $offered ) {
		$before = self::amount( isset( $offered['price'] ) ? $offered['price'] : null );
		$now    = self::amount( isset( $offered['offerPrice'] ) ? $offered['offerPrice'] : null );
		if ( null === $before || null === $now || $now >= $before ) {
			return $product->get_price_html();
		}
		return wc_format_sale_price( self::shown( $product, $before ), self::shown( $product, $now ) ) . $product->get_price_suffix( $now );
	}

	/**
	 * With or without tax, as the store shows prices.
	 *
	 * @param WC_Product $product The store's product.
	 * @param float      $price   As the store enters prices.
	 */
	private static function shown( WC_Product $product, $price ) {
		return (float) wc_get_price_to_display( $product, array( 'price' => $price ) );
	}

	/**
	 * An amount in the currency that the page shows; null where nobody tells the rate.
	 *
	 * @param mixed $money Minor and currency.
	 * @return float|null
	 */
	private static function amount( $money ) {
		if ( ! is_array( $money ) || ! isset( $money['minor'], $money['currency'] ) || ! is_int( $money['minor'] ) || $money['minor'] < 0 || ! is_string( $money['currency'] ) ) {
			return null;
		}
		$currency   = Exchange::currency();
		$conversion = Conversion::read( $money['currency'] === $currency ? '1' : Exchange::rate( $money['currency'], $currency ), $money['currency'], $currency );
		return null === $conversion ? null : $conversion->nearest( $money['minor'] ) / pow( 10, Money::minor_unit_digits( $currency ) );
	}

	/**
	 * What is reduced until when.
	 *
	 * @param mixed $discount `basisPoints` and `until`.
	 */
	private static function promise( $discount ) {
		$share = is_array( $discount ) && isset( $discount['basisPoints'] ) && is_int( $discount['basisPoints'] ) ? $discount['basisPoints'] / 100 : 0;
		$until = is_array( $discount ) && isset( $discount['until'] ) && is_string( $discount['until'] ) ? strtotime( $discount['until'] ) : false;
		if ( $share <= 0 || false === $until ) {
			return '';
		}
		/* translators: 1: percentage, 2: date and time */
		return sprintf( __( '%1$s %% off until %2$s, once, on a new order.', 'trellis-for-woocommerce' ), number_format_i18n( $share, floor( $share ) === (float) $share ? 0 : 2 ), wp_date( get_option( 'date_format' ) . ', ' . get_option( 'time_format' ), $until ) );
	}
}
