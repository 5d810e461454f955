<?php
/**
 * Leaves an app alone that does not answer.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Connection;

use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Shoppers wait for the app, and each waits in a process of the store. After several questions of one kind in a row without
 * an answer nobody asks that kind for a moment. One question alone that the app fails at silences nothing, an answer in
 * between starts the count anew, and no kind silences another.
 */
final class Pause {

	/** Questions in a row. */
	const FAILURES = 3;

	/** Seconds that nobody asks, and that failures are remembered. */
	const SECONDS = 15;

	const KINDS = array( 'cart', 'page', 'offers', 'points' );

	const NAME = 'trellis_unanswered_';

	/**
	 * Asks the app, unless it is left alone. Arguments as `Client::call` takes them.
	 *
	 * @param string     $kind    One of `KINDS`.
	 * @param string     $method  GET or POST.
	 * @param string     $path    Path.
	 * @param array      $query   Query fields.
	 * @param array|null $body    Sent as JSON.
	 * @param float      $timeout Seconds.
	 * @return array|WP_Error As `Client::call` answers; `trellis_unreachable` while the app is left alone.
	 */
	public static function call( $kind, $method, $path, array $query, $body, $timeout ) {
		$failures = (int) get_transient( self::NAME . $kind );
		if ( $failures >= self::FAILURES ) {
			return new WP_Error( 'trellis_unreachable', '' );
		}
		$answer = Client::call( $method, $path, $query, $body, $timeout );
		if ( self::is_silence( $answer ) ) {
			set_transient( self::NAME . $kind, $failures + 1, self::SECONDS );
		} elseif ( $failures > 0 ) {
			delete_transient( self::NAME . $kind );
		}
		return $answer;
	}

	/**
	 * True where nobody answered. What is refused at once, in whichever words, was asked wrongly: otherwise a shopper who
	 * makes addresses up would silence the app for all others.
	 *
	 * @param array|WP_Error $answer As `Client::call` answers.
	 */
	private static function is_silence( $answer ) {
		$data = is_wp_error( $answer ) && 'trellis_unreachable' === $answer->get_error_code() ? $answer->get_error_data() : array( 'status' => 200 );
		return ! isset( $data['status'] ) || $data['status'] >= 500;
	}

	/**
	 * Forgets all of it.
	 */
	public static function clear() {
		foreach ( self::KINDS as $kind ) {
			delete_transient( self::NAME . $kind );
		}
	}
}
