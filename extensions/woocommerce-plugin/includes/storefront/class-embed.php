<?php
/**
 * What the widgets of a page share.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront;

use Trellis\WooCommerce\Connection\Connection;
use Trellis\WooCommerce\Settings;
use Trellis\WooCommerce\Storefront\Runtime\Page_Context;
use Trellis\WooCommerce\Storefront\Runtime\Renderer;

defined( 'ABSPATH' ) || exit;

/**
 * Prints the theme embed's template into the head, and brings the script along: on pages that sell and on pages with a
 * widget, nowhere else.
 */
final class Embed {

	const SCRIPT = 'trellis-storefront';

	/**
	 * True once it was printed.
	 *
	 * @var bool
	 */
	private static $printed = false;

	/**
	 * True where a widget asks for it.
	 *
	 * @var bool
	 */
	private static $wanted = false;

	/**
	 * Hooks the embed in.
	 */
	public static function start() {
		Consent_Bar::start();
		add_action( 'wp_enqueue_scripts', array( __CLASS__, 'enqueue' ) );
		// Early, so that what is held out or tested never flickers.
		add_action( 'wp_head', array( __CLASS__, 'print_in_head' ), 2 );
		add_action( 'wp_footer', array( __CLASS__, 'print_late' ), 5 );
	}

	/**
	 * A widget was rendered: the page needs the embed and the script, wherever it stands.
	 */
	public static function want() {
		self::$wanted = true;
		if ( did_action( 'wp_enqueue_scripts' ) ) {
			self::enqueue();
		}
	}

	/**
	 * Asks for the script.
	 */
	public static function enqueue() {
		if ( ! self::belongs_here() || wp_script_is( self::SCRIPT ) ) {
			return;
		}
		$needs = Consent_Bar::enqueue();
		wp_enqueue_script(
			self::SCRIPT,
			plugins_url( 'assets/trellis.js', TRELLIS_WOOCOMMERCE_FILE ),
			$needs,
			TRELLIS_WOOCOMMERCE_VERSION,
			array( 'strategy' => 'defer' )
		);
	}

	/**
	 * Prints the embed where it belongs.
	 */
	public static function print_in_head() {
		if ( self::belongs_here() ) {
			self::write();
		}
	}

	/**
	 * Prints the embed for a widget that nobody knew of in the head, one in a sidebar for example.
	 */
	public static function print_late() {
		if ( self::$wanted ) {
			self::write();
		}
		if ( self::$printed ) {
			Consent_Bar::write();
		}
	}

	/**
	 * Prints it once.
	 */
	private static function write() {
		if ( self::$printed ) {
			return;
		}
		self::$printed = true;
		echo Widgets::dressed( Renderer::render( 'embed', Page_Context::for_page( self::settings() ) ) ), "\n"; // phpcs:ignore WordPress.Security.EscapeOutput -- The template escapes.
	}

	/**
	 * Settings of the embed on this page. At the checkout nothing distracts.
	 *
	 * @return array
	 */
	private static function settings() {
		$settings = Settings::get();
		$cart     = $settings['placements']['cart'];
		$sells    = $cart && ! is_checkout();
		return array(
			// A copy of the store would be counted as the original.
			'signals' => 'off' !== $settings['consent'] && null !== Connection::get(),
			'goals'   => $cart,
			'upsell'  => $cart,
			'drawer'  => $sells,
			'after'   => $sells,
		);
	}

	/**
	 * True on pages that sell, search or hold a widget.
	 */
	private static function belongs_here() {
		if ( ! Storefront::is_published() ) {
			return false;
		}
		$here = self::$wanted || is_woocommerce() || is_cart() || is_checkout() || is_search() || is_front_page() || Bundle_Address::is_current() || self::holds_widget();
		/**
		 * Filters whether the storefront's script belongs to this page.
		 *
		 * @since 0.1.0
		 * @param bool $here True on pages that sell, search or hold a widget of ours.
		 */
		return (bool) apply_filters( 'trellis_storefront_page', $here );
	}

	/**
	 * True for a post whose text holds a block or a shortcode of ours.
	 */
	private static function holds_widget() {
		$post = is_singular() ? get_post() : null;
		return $post && ( false !== strpos( $post->post_content, '<!-- wp:trellis/' ) || false !== strpos( $post->post_content, '[trellis_' ) );
	}
}
