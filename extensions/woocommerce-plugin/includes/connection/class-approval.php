<?php
/**
 * WooCommerce's page on which a merchant lets an app in.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Connection;

defined( 'ABSPATH' ) || exit;

/**
 * Where permalinks are plain, WooCommerce's own links of that page (log in, Approve) are `?wc-auth/v1=login`, which it does
 * not read itself: they lead to the shop's front page. Written in the fields that it reads, they do what they say.
 */
final class Approval {

	/** How such an address begins, before its version. */
	const PLACE = 'wc-auth/v';

	/**
	 * The address of a step.
	 *
	 * @param mixed $url      As WooCommerce writes it.
	 * @param mixed $endpoint `wc-auth/v1`, or any other of the store's addresses.
	 * @param mixed $step     `login`, `authorize` or `access_granted`.
	 * @return mixed
	 */
	public static function address( $url, $endpoint, $step ) {
		if ( ! is_string( $endpoint ) || 0 !== strpos( $endpoint, self::PLACE ) || '' !== (string) get_option( 'permalink_structure' ) ) {
			return $url;
		}
		return add_query_arg(
			array(
				'wc-auth-version' => substr( $endpoint, strlen( self::PLACE ) ),
				'wc-auth-route'   => $step,
			),
			home_url( '/' )
		);
	}
}
