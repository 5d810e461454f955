<?php
/**
 * Answers of the app that are kept for a moment.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront;

defined( 'ABSPATH' ) || exit;

/**
 * Anybody can ask for anything: without an object cache each answer is rows of the options table, which nobody but a
 * daily task takes out. So there are so many places and no more, and a new answer takes the place of an old one.
 */
final class Kept {

	/** Places of one kind. */
	const PLACES = 256;

	/**
	 * The answer that is kept, or null.
	 *
	 * @param string $kind  What it is, `cart` or `page`.
	 * @param string $asked Everything that the answer depends on.
	 * @return array|null
	 */
	public static function get( $kind, $asked ) {
		$kept = get_transient( self::place( $kind, $asked ) );
		return is_array( $kept ) && isset( $kept['asked'], $kept['answer'] ) && md5( $asked ) === $kept['asked'] ? $kept['answer'] : null;
	}

	/**
	 * Keeps an answer.
	 *
	 * @param string $kind    See `get`.
	 * @param string $asked   See `get`.
	 * @param array  $answer  The answer.
	 * @param int    $seconds For how long.
	 */
	public static function set( $kind, $asked, array $answer, $seconds ) {
		$kept = array(
			'asked'  => md5( $asked ),
			'answer' => $answer,
		);
		set_transient( self::place( $kind, $asked ), $kept, $seconds );
	}

	/**
	 * Name of the transient.
	 *
	 * @param string $kind  See `get`.
	 * @param string $asked See `get`.
	 */
	private static function place( $kind, $asked ) {
		// An object cache lets go of what is old by itself.
		return 'trellis_' . $kind . '_' . ( wp_using_ext_object_cache() ? md5( $asked ) : crc32( $asked ) % self::PLACES );
	}
}
