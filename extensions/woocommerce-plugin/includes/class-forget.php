<?php
/**
 * What is left behind when a store is disconnected.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce;

use Trellis\WooCommerce\Connection\Client;

defined( 'ABSPATH' ) || exit;

/**
 * Removes what the app published: options at once, offers and post meta in batches that Action Scheduler runs. Nothing is
 * scheduled but after a disconnect. Codes stay for a return, and are valid no more: shoppers have paid for them with points.
 */
final class Forget {

	const HOOK = 'trellis_forget_batch';

	/** Meta of products that the app publishes. */
	const META = array( '_trellis_together', '_trellis_similar', '_trellis_bundles', '_trellis_again', '_trellis_access' );

	/** Meta of customers that the app publishes. */
	const USER_META = array( '_trellis_points', '_trellis_figure', '_trellis_keys', '_trellis_tier_code', 'trellis_segments' );

	const PUBLISHED = array( 'trellis_storefront', 'trellis_discount', 'trellis_codes' );

	/** Meta of coupons that were offered after a purchase. */
	const OFFER = '_trellis_offer';

	/** Products, or offers, of one batch. */
	const BATCH = 200;

	/**
	 * Pages and carts are without us from the next request on.
	 */
	public static function begin() {
		foreach ( self::PUBLISHED as $option ) {
			delete_option( $option );
		}
		foreach ( array( Client::CLOCK, Admin\Health::CACHE, Admin\Numbers::CACHE ) as $transient ) {
			delete_transient( $transient );
		}
		foreach ( self::USER_META as $name ) {
			delete_metadata( 'user', 0, $name, '', true );
		}
		Connection\Pause::clear();
		do_action( 'trellis_published', 'storefront' );
		do_action( 'trellis_published', 'discount' );
		self::stop();
		self::again();
	}

	/**
	 * One batch, and the next one while there is more.
	 */
	public static function batch() {
		if ( self::remove_offers( self::BATCH ) + self::remove( self::BATCH ) > 0 ) {
			self::again();
		}
	}

	/**
	 * Deletes so many coupons at most that were offered after a purchase: they take something off without us.
	 *
	 * @param int $most Coupons.
	 * @return int How many went.
	 */
	public static function remove_offers( $most ) {
		global $wpdb;
		$ids  = $wpdb->get_col( // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- As below.
			$wpdb->prepare( "SELECT DISTINCT post_id FROM {$wpdb->postmeta} JOIN {$wpdb->posts} ON ID = post_id WHERE post_type = 'shop_coupon' AND meta_key = %s LIMIT %d", self::OFFER, $most )
		);
		$gone = 0;
		foreach ( $ids as $id ) {
			$coupon = new \WC_Coupon( (int) $id );
			if ( $coupon->get_id() > 0 ) {
				$coupon->delete( true );
			}
			// What something in the store keeps is said to be deleted all the same, and would be tried for ever.
			$gone += null === get_post( (int) $id ) ? 1 : 0;
		}
		return $gone;
	}

	/**
	 * Takes published meta from so many products at most.
	 *
	 * @param int $most Products.
	 * @return int Products that had some.
	 */
	public static function remove( $most ) {
		global $wpdb;
		$posts = $wpdb->get_col( // phpcs:ignore WordPress.DB.DirectDatabaseQuery -- WordPress has no function for which posts have a meta of several names.
			$wpdb->prepare(
				sprintf(
					"SELECT DISTINCT post_id FROM {$wpdb->postmeta} WHERE meta_key IN ( %s ) LIMIT %%d",
					implode( ', ', array_fill( 0, count( self::META ), '%s' ) )
				),
				array_merge( self::META, array( $most ) )
			)
		);
		foreach ( $posts as $post ) {
			foreach ( self::META as $name ) {
				delete_post_meta( (int) $post, $name );
			}
		}
		return count( $posts );
	}

	/**
	 * Stops it, and what waits to be told: the store is connected anew, or the plugin is switched off.
	 */
	public static function stop() {
		if ( function_exists( 'as_unschedule_all_actions' ) ) {
			as_unschedule_all_actions( self::HOOK );
			as_unschedule_all_actions( Orders\Reviews::HOOK );
		}
	}

	/**
	 * Schedules a batch.
	 */
	private static function again() {
		if ( function_exists( 'as_enqueue_async_action' ) ) {
			as_enqueue_async_action( self::HOOK, array(), 'trellis' );
		}
	}
}
