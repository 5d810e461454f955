<?php
/**
 * What shoppers see of the plugin.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront;

use Trellis\WooCommerce\Connection\Connection;
use Trellis\WooCommerce\Settings;

defined( 'ABSPATH' ) || exit;

/**
 * Hooks the storefront's parts in. Nothing is printed for a visitor: pages may come out of caches.
 */
final class Storefront {

	/**
	 * Hooks everything in.
	 */
	public static function start() {
		Blocks::start();
		Shortcodes::start();
		Bundle_Address::start();
		// phpcs:ignore WordPress.Security.NonceVerification.Recommended -- Which address it is; it looks at the rest itself.
		if ( isset( $_GET['trellis'] ) ) {
			Cart_Post::start();
		}
		add_filter( 'trellis_routes', array( __CLASS__, 'routes' ) );
		add_action( 'trellis_published', array( __NAMESPACE__ . '\\Page_Caches', 'forget' ) );
		// What a theme or another plugin says of the page is known only here.
		add_action( 'wp', array( __CLASS__, 'start_page' ) );
	}

	/**
	 * Hooks in what belongs to pages that a person looks at: no feeds, no REST, no AMP.
	 */
	public static function start_page() {
		if ( ! Connection::was_made() || is_feed() || is_embed() || is_robots() || is_trackback() || self::is_amp() ) {
			return;
		}
		// Every page that sells reads both: one question instead of two, where they are too large to come with all others.
		wp_prime_option_caches( array( Settings::OPTION, Runtime\Shop_Metafields::OPTION ) );
		Embed::start();
		Places::start();
		Rewards_Places::start();
	}

	/**
	 * True where scripts of ours would not run.
	 */
	public static function is_amp() {
		return function_exists( 'amp_is_request' ) && amp_is_request();
	}

	/**
	 * Addresses for the widgets' scripts.
	 *
	 * @param string[] $routes See `Page_Context`.
	 * @return string[]
	 */
	public static function routes( $routes ) {
		// The same for all blocks of a page.
		static $roots = array();

		$home = $routes['cart_add_url'];
		if ( ! isset( $roots[ $home ] ) ) {
			$roots[ $home ] = wp_make_link_relative( get_rest_url() );
		}
		$routes['root_url']     = $roots[ $home ];
		$routes['trellis_main'] = '.' . Places::CART;
		return $routes;
	}

	/**
	 * True once the app has published what the storefront shows.
	 */
	public static function is_published() {
		$stored = Runtime\Shelf::shop()->get( 'stored' );
		return null !== $stored && '' !== $stored;
	}
}
