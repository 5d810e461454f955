<?php
/**
 * Where points and rewards appear by themselves.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront;

use Trellis\WooCommerce\Settings;
use Trellis\WooCommerce\Storefront\Runtime\Cart_Drop;
use Trellis\WooCommerce\Storefront\Runtime\Page_Context;
use Trellis\WooCommerce\Storefront\Runtime\Product_Objects;
use Trellis\WooCommerce\Storefront\Runtime\Renderer;
use Trellis\WooCommerce\Storefront\Runtime\Shelf;

defined( 'ABSPATH' ) || exit;

/**
 * The line below a product's price, the way from the cart and from the checkout, the entry in the account's menu and the button in the corner.
 * All of them while the app has published a programme.
 */
final class Rewards_Places {

	/** The account's menu wants an endpoint; ours leads to the page of rewards. */
	const MENU = 'trellis-rewards';

	/**
	 * Hooks in what the merchant left on.
	 */
	public static function start() {
		$places = Settings::get()['placements'];
		$shown  = ( $places['launcher'] && ! is_checkout() ) || ( $places['points'] && ( is_product() || is_cart() || is_checkout() || is_account_page() ) );
		// What was published is read last: most pages show nothing of it.
		if ( ! $shown || ! self::is_live() ) {
			return;
		}
		if ( $places['points'] && is_product() ) {
			// Between the short description and the form.
			add_action( 'woocommerce_single_product_summary', array( __CLASS__, 'below_price' ), 25 );
		}
		if ( $places['points'] && is_cart() ) {
			add_action( 'woocommerce_before_cart', array( __CLASS__, 'before_cart' ) );
			add_filter( 'render_block_woocommerce/cart', array( __CLASS__, 'before_block' ) );
		}
		// The page after the purchase and that of an unpaid order are addresses of the checkout too.
		if ( $places['points'] && is_checkout() && ! is_wc_endpoint_url() ) {
			// Before the form in which codes are typed.
			add_action( 'woocommerce_before_checkout_form', array( __CLASS__, 'before_checkout' ), 9 );
			add_filter( 'render_block_woocommerce/checkout', array( __CLASS__, 'before_checkout_block' ) );
		}
		if ( $places['points'] && is_account_page() ) {
			add_filter( 'woocommerce_account_menu_items', array( __CLASS__, 'menu' ) );
			add_filter( 'woocommerce_get_endpoint_url', array( __CLASS__, 'address' ), 10, 2 );
		}
		if ( $places['launcher'] && ! is_checkout() ) {
			add_action( 'wp_footer', array( __CLASS__, 'launcher' ) );
		}
	}

	/**
	 * True while a programme is published.
	 */
	public static function is_live() {
		return Storefront::is_published() && ( null !== Shelf::shop()->get( 'earn' )['value'] || null !== Shelf::shop()->get( 'programme' )['value'] );
	}

	/**
	 * What the product brings.
	 */
	public static function below_price() {
		$product = Product_Objects::current();
		if ( $product && ! Places::is_placed( 'earn-points' ) ) {
			echo Widgets::html( 'earn-points', array(), $product ); // phpcs:ignore WordPress.Security.EscapeOutput -- The template escapes.
		}
	}

	/**
	 * The way from the cart to what the points reach.
	 */
	public static function before_cart() {
		echo self::cart(); // phpcs:ignore WordPress.Security.EscapeOutput -- The template escapes.
	}

	/**
	 * The same before the cart block.
	 *
	 * @param string $html HTML of the block.
	 * @return string
	 */
	public static function before_block( $html ) {
		return self::wide( self::cart() ) . $html;
	}

	/**
	 * As wide as the block below it: what has no width of its own is as narrow as a text.
	 *
	 * @param string $line Our line; '' for none.
	 * @return string
	 */
	private static function wide( $line ) {
		return '' === trim( $line ) ? '' : '<div class="alignwide">' . $line . '</div>';
	}

	/**
	 * The way from the checkout and back to it.
	 */
	public static function before_checkout() {
		echo self::checkout(); // phpcs:ignore WordPress.Security.EscapeOutput -- The template escapes.
	}

	/**
	 * The same before the checkout block.
	 *
	 * @param string $html HTML of the block.
	 * @return string
	 */
	public static function before_checkout_block( $html ) {
		return self::wide( self::checkout() ) . $html;
	}

	/**
	 * The line of the checkout: a customer's points, and the way to what they reach.
	 */
	private static function checkout() {
		// A guest has no points, and nobody buys an empty cart.
		if ( ! is_user_logged_in() || ! WC()->cart || WC()->cart->is_empty() ) {
			return '';
		}
		$page = Page_Context::for_page();

		$page['globals']['cart']                   = new Cart_Drop( WC()->cart );
		$page['globals']['routes']['trellis_back'] = 'checkout';
		return Renderer::render( 'cart-points', $page );
	}

	/**
	 * The line of the cart.
	 */
	private static function cart() {
		return Renderer::render( 'cart-points', Page_Context::for_page() );
	}

	/**
	 * The page of rewards, behind the orders.
	 *
	 * @param string[] $items Names by endpoint.
	 * @return string[]
	 */
	public static function menu( $items ) {
		$language = strtolower( substr( determine_locale(), 0, 2 ) );
		$ours     = array( self::MENU => Runtime\Texts::translate( $language, 'earn.rewards', array() ) );
		$place    = array_search( 'orders', array_keys( $items ), true );
		return false === $place ? $items + $ours : array_slice( $items, 0, $place + 1, true ) + $ours + $items;
	}

	/**
	 * The address of the page of rewards.
	 *
	 * @param string $url      Address of an endpoint.
	 * @param string $endpoint Its name.
	 * @return string
	 */
	public static function address( $url, $endpoint ) {
		return self::MENU === $endpoint ? add_query_arg( Bundle_Address::PAGE, 'rewards', home_url( '/' ) ) : $url;
	}

	/**
	 * The button with its panel.
	 */
	public static function launcher() {
		$page = Page_Context::for_page();

		$page['globals']['routes']['account_login_url'] = esc_url( wc_get_page_permalink( 'myaccount' ) );
		// On phones WooCommerce's own theme has a bar at the bottom, with the way to the cart in that corner.
		if ( has_action( 'storefront_footer', 'storefront_handheld_footer_bar' ) ) {
			echo '<style>@media(max-width:767px){.trellis-launcher{inset-block-end:5.5rem!important}}</style>';
		}
		echo Renderer::render( 'rewards-launcher', $page ); // phpcs:ignore WordPress.Security.EscapeOutput -- The template escapes.
	}
}
