<?php
/**
 * Where the merchant put our blocks.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Rest;

defined( 'ABSPATH' ) || exit;

/**
 * Looks through pages and templates, at most once in five minutes.
 */
final class Placed_Blocks {

	const CACHE = 'trellis_placed_blocks';

	/**
	 * Names of our blocks and shortcodes on published pages and in templates, as far as a search of texts can tell.
	 *
	 * @return string[]
	 */
	public static function names() {
		$known = get_transient( self::CACHE );
		if ( is_array( $known ) ) {
			return $known;
		}
		global $wpdb;
		$types = "'page', 'wp_template', 'wp_template_part', 'wp_block'";
		// phpcs:disable WordPress.DB.DirectDatabaseQuery, WordPress.DB.PreparedSQL -- a search that WP_Query cannot narrow; the list is ours.
		$texts = $wpdb->get_col( "SELECT post_content FROM {$wpdb->posts} WHERE post_status = 'publish' AND post_type IN ( {$types} ) AND ( post_content LIKE '%<!-- wp:trellis/%' OR post_content LIKE '%[trellis\\_%' ) LIMIT 100" );
		// phpcs:enable
		$names = array();
		foreach ( $texts as $text ) {
			preg_match_all( '/<!-- wp:trellis\/([a-z-]{1,40})|\[trellis_([a-z_]{1,40})/', (string) $text, $found );
			$names = array_merge( $names, $found[1], str_replace( '_', '-', $found[2] ) );
		}
		$names = array_values( array_unique( array_filter( $names ) ) );
		set_transient( self::CACHE, $names, 5 * MINUTE_IN_SECONDS );
		return $names;
	}
}
