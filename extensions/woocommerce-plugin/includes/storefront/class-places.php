<?php
/**
 * Widgets that appear by themselves.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront;

use Trellis\WooCommerce\Settings;
use Trellis\WooCommerce\Storefront\Runtime\Product_Objects;

defined( 'ABSPATH' ) || exit;

/**
 * Places in classic and in block themes. WooCommerce runs its own hooks in block templates as well, so that one hook
 * serves both; a page on which the merchant has put a widget gets no second one.
 */
final class Places {

	/** Class of the element around the cart, see `routes.trellis_main` of the inline script. */
	const CART = 'trellis-cart';

	/**
	 * True once the page has a place for the cart's parts.
	 *
	 * @var bool
	 */
	private static $cart_placed = false;

	/**
	 * Hooks the places in that the merchant left on.
	 */
	public static function start() {
		$places = Settings::get()['placements'];
		if ( is_product() && ( $places['together'] || $places['bundle'] ) ) {
			add_action( 'woocommerce_after_single_product_summary', array( __CLASS__, 'after_summary' ), 5 );
		}
		if ( is_cart() && $places['cart'] ) {
			add_filter( 'do_shortcode_tag', array( __CLASS__, 'around_shortcode' ), 10, 2 );
			add_filter( 'render_block_woocommerce/cart', array( __CLASS__, 'around' ) );
			add_filter( 'render_block_woocommerce/classic-shortcode', array( __CLASS__, 'around' ) );
		}
	}

	/**
	 * Offers with the product, and what is bought with it.
	 */
	public static function after_summary() {
		$product = Product_Objects::current();
		$places  = Settings::get()['placements'];
		if ( ! $product ) {
			return;
		}
		$html  = '';
		$names = array(
			'bundle'   => 'bundle',
			'together' => 'bought-together',
		);
		foreach ( $names as $place => $name ) {
			if ( $places[ $place ] && ! self::is_placed( $name ) ) {
				$html .= Widgets::html( $name, array(), $product );
			}
		}
		// In a block theme what has no width of its own is as narrow as a text.
		echo '' !== $html && wp_is_block_theme() ? '<div class="alignwide">' . $html . '</div>' : $html; // phpcs:ignore WordPress.Security.EscapeOutput -- The templates escape.
	}

	/**
	 * The cart of the classic shortcode with our place around it.
	 *
	 * @param string $html HTML of a shortcode.
	 * @param string $tag  Its name.
	 * @return string
	 */
	public static function around_shortcode( $html, $tag ) {
		return 'woocommerce_cart' === $tag ? self::around( $html ) : $html;
	}

	/**
	 * The cart with our place around it. The cart block renders itself anew in the browser, so ours stands outside of it.
	 *
	 * @param string $html HTML of the cart.
	 * @return string
	 */
	public static function around( $html ) {
		if ( self::$cart_placed || ! Storefront::is_published() ) {
			return $html;
		}
		self::$cart_placed = true;
		return '<div class="' . self::CART . ' alignwide">' . $html . '</div>';
	}

	/**
	 * A place of its own for the cart's parts, where the merchant wants them elsewhere on the cart's page.
	 *
	 * @return string
	 */
	public static function cart_place() {
		if ( ! is_cart() || self::$cart_placed ) {
			return '';
		}
		self::$cart_placed = true;
		return '<div class="' . self::CART . '"></div>';
	}

	/**
	 * True where the page's own text or template holds the widget.
	 *
	 * @param string $name Widget.
	 */
	public static function is_placed( $name ) {
		global $_wp_current_template_content;
		$post = get_post();
		$text = ( $post ? $post->post_content : '' ) . ( is_string( $_wp_current_template_content ) ? $_wp_current_template_content : '' );
		return false !== strpos( $text, '<!-- wp:trellis/' . $name . ' ' ) || false !== strpos( $text, '[trellis_' . str_replace( '-', '_', $name ) );
	}
}
