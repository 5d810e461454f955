<?php
/**
 * Deleting the plugin takes everything of ours out of the store, in each site of a network, and nothing leaves the store any
 * more: webhooks and key go as well. Orders, prices and products stay; what Trellis keeps of the store is deleted there.
 *
 * @package Trellis\WooCommerce
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

/**
 * Takes away what lets the app read the store: the webhooks to its address and its key. They belong to WooCommerce, which
 * may be gone already.
 */
function trellis_for_woocommerce_close_doors() {
	global $wpdb;
	$connection = get_option( 'trellis_connection' );
	$app_url    = is_array( $connection ) && isset( $connection['appUrl'] ) && is_string( $connection['appUrl'] ) ? $connection['appUrl'] : '';
	$key_id     = is_array( $connection ) && isset( $connection['keyId'] ) ? (int) $connection['keyId'] : 0;
	// phpcs:disable WordPress.DB.DirectDatabaseQuery -- see above.
	$webhooks = $wpdb->prefix . 'wc_webhooks';
	if ( '' !== $app_url && $wpdb->get_var( $wpdb->prepare( 'SHOW TABLES LIKE %s', $wpdb->esc_like( $webhooks ) ) ) === $webhooks ) {
		$wpdb->query( $wpdb->prepare( "DELETE FROM {$wpdb->prefix}wc_webhooks WHERE delivery_url LIKE %s", $wpdb->esc_like( $app_url . '/' ) . '%' ) );
		// WooCommerce remembers the numbers of its webhooks, and stumbles over one that is gone.
		foreach ( array( '', '_status_active', '_status_paused', '_status_disabled' ) as $list ) {
			delete_transient( 'woocommerce_webhook_ids' . $list );
		}
	}
	$keys = $wpdb->prefix . 'woocommerce_api_keys';
	if ( $key_id > 0 && $wpdb->get_var( $wpdb->prepare( 'SHOW TABLES LIKE %s', $wpdb->esc_like( $keys ) ) ) === $keys ) {
		$wpdb->delete( $keys, array( 'key_id' => $key_id ), array( '%d' ) );
	}
	// phpcs:enable
}

/**
 * Takes our codes away, in portions: WooCommerce reads a coupon of a type that it does not know as one of its own, and what
 * was offered after a purchase is one.
 */
function trellis_for_woocommerce_delete_codes() {
	global $wpdb;
	do {
		// phpcs:disable WordPress.DB.DirectDatabaseQuery, WordPress.DB.PreparedSQL -- there may be many thousands, and nothing but their rows.
		$ids  = $wpdb->get_col( "SELECT DISTINCT post_id FROM {$wpdb->postmeta} JOIN {$wpdb->posts} ON ID = post_id WHERE post_type = 'shop_coupon' AND ( ( meta_key = 'discount_type' AND meta_value = 'trellis_code' ) OR meta_key = '_trellis_offer' ) LIMIT 1000" );
		$list = implode( ', ', array_map( 'intval', $ids ) );
		$gone = array() === $ids ? 0 : $wpdb->query( "DELETE FROM {$wpdb->posts} WHERE ID IN ( {$list} )" );
		if ( is_int( $gone ) && $gone > 0 ) {
			$wpdb->query( "DELETE FROM {$wpdb->postmeta} WHERE post_id IN ( {$list} )" );
		}
		// phpcs:enable
	} while ( is_int( $gone ) && $gone > 0 );
}

/**
 * Takes our rows from one site. WooCommerce may be gone already, so rows are deleted in its tables, not by its classes.
 */
function trellis_for_woocommerce_clean_site() {
	global $wpdb;
	trellis_for_woocommerce_close_doors();
	trellis_for_woocommerce_delete_codes();
	// phpcs:disable WordPress.DB.DirectDatabaseQuery, WordPress.DB.PreparedSQL -- deletes by name over many rows, in portions.
	$names = $wpdb->get_col( "SELECT option_name FROM {$wpdb->options} WHERE option_name LIKE 'trellis\\_%' OR option_name LIKE '\\_transient\\_trellis\\_%' OR option_name LIKE '\\_transient\\_timeout\\_trellis\\_%'" );
	foreach ( $names as $name ) {
		delete_option( $name );
	}
	$tables = array(
		$wpdb->postmeta                              => 'meta_id',
		$wpdb->prefix . 'wc_orders_meta'             => 'id',
		$wpdb->prefix . 'woocommerce_order_itemmeta' => 'meta_id',
	);
	foreach ( $tables as $table => $id ) {
		if ( $wpdb->get_var( $wpdb->prepare( 'SHOW TABLES LIKE %s', $wpdb->esc_like( $table ) ) ) !== $table ) {
			continue;
		}
		do {
			$rows = $wpdb->query( "DELETE FROM {$table} WHERE meta_key LIKE '\\_trellis\\_%' ORDER BY {$id} LIMIT 1000" );
		} while ( is_int( $rows ) && $rows > 0 );
	}
	$actions = $wpdb->prefix . 'actionscheduler_actions';
	if ( $wpdb->get_var( $wpdb->prepare( 'SHOW TABLES LIKE %s', $wpdb->esc_like( $actions ) ) ) === $actions ) {
		$wpdb->query( "DELETE FROM {$actions} WHERE hook LIKE 'trellis\\_%'" );
	}
	// phpcs:enable
	foreach ( array( 'trellis_dismissed', '_trellis_points', '_trellis_figure', '_trellis_keys', '_trellis_tier_code', 'trellis_segments' ) as $name ) {
		delete_metadata( 'user', 0, $name, '', true );
	}
	wp_cache_flush();
}

if ( is_multisite() ) {
	$trellis_sites = get_sites(
		array(
			'fields' => 'ids',
			'number' => 0,
		)
	);
	foreach ( $trellis_sites as $trellis_site ) {
		switch_to_blog( $trellis_site );
		trellis_for_woocommerce_clean_site();
		restore_current_blog();
	}
} else {
	trellis_for_woocommerce_clean_site();
}
