<?php
/**
 * Where points and rewards appear by themselves.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront;

use Trellis\WooCommerce\Settings;
use Trellis\WooCommerce\Storefront\Runtime\Page_Context;
use Trellis\WooCommerce\Storefront\Runtime\Renderer;
use Trellis\WooCommerce\Storefront\Runtime\Shelf;

defined( 'ABSPATH' ) || exit;

/**
 * The line below a product's price, the way from the cart, the entry in the account's menu and the button in the corner. All of them while the
 * app has published a programme.
 */
final class Rewards_Places {

	/** The account's menu wants an endpoint; ours leads to the page of rewards. */
	const MENU = 'trellis-rewards';

	/**
	 * Hooks in what the merchant left on.
	 */
	public static function start() {
		if ( ! self::is_live() ) {
			return;
		}
		$places = Settings::get()['placements'];
		if ( $places['points'] && is_product() ) {
			// Between the short description and the form.
			add_action( 'woocommerce_single_product_summary', array( __CLASS__, 'below_price' ), 25 );
		}
		if ( $places['points'] && is_cart() ) {
			add_action( 'woocommerce_before_cart', array( __CLASS__, 'before_cart' ) );
			add_filter( 'render_block_woocommerce/cart', array( __CLASS__, 'before_block' ) );
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
		return Storefront::is_published() && null !== Shelf::shop()->get( 'earn' )['value'];
	}

	/**
	 * What the product brings.
	 */
	public static function below_price() {
		$product = wc_get_product( get_queried_object_id() );
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
		return self::cart() . $html;
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
	 * The button.
	 */
	public static function launcher() {
		echo Renderer::render( 'rewards-launcher', Page_Context::for_page() ); // phpcs:ignore WordPress.Security.EscapeOutput -- The template escapes.
	}
}
