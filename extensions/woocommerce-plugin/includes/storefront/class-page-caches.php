<?php
/**
 * Pages that other plugins keep.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront;

defined( 'ABSPATH' ) || exit;

/**
 * What all pages show has changed: a kept page would lack a new goal, or promise one that has ended. Products need nothing,
 * because saving one is what caches listen to. Caches in front of the server follow the plugin that comes with them.
 */
final class Page_Caches {

	/** What caches listen to: Cache Enabler, LiteSpeed Cache, Breeze and Hummingbird. */
	const ACTIONS = array( 'cache_enabler_clear_site_cache', 'litespeed_purge_all', 'breeze_clear_all_cache', 'wphb_clear_page_cache' );

	/** What caches offer: WP Super Cache, W3 Total Cache, WP Rocket, WP Fastest Cache and SiteGround's. */
	const FUNCTIONS = array( 'wp_cache_clear_cache', 'w3tc_flush_posts', 'rocket_clean_domain', 'wpfc_clear_all_cache', 'sg_cachepress_purge_cache' );

	/**
	 * Lets go of kept pages.
	 *
	 * @param string $what Which publication.
	 */
	public static function forget( $what ) {
		if ( 'storefront' !== $what && 'settings' !== $what ) {
			return;
		}
		foreach ( self::ACTIONS as $action ) {
			self::attempt(
				static function () use ( $action ) {
					do_action( $action ); // phpcs:ignore WordPress.NamingConventions -- another plugin's hook.
				}
			);
		}
		foreach ( array_filter( self::FUNCTIONS, 'function_exists' ) as $offered ) {
			self::attempt( $offered );
		}
	}

	/**
	 * A cache that fails must not take the publication along: its pages are out of date until they end by themselves.
	 *
	 * @param callable $run What is run.
	 */
	private static function attempt( callable $run ) {
		try {
			$run();
		} catch ( \Throwable $failure ) {
			wc_get_logger()->error( 'A page cache could not be emptied: ' . $failure->getMessage(), array( 'source' => 'trellis' ) );
		}
	}
}
