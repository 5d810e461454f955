<?php
/**
 * Sorting that keeps the order of equals, which PHP does from 8.0 on only.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives;

defined( 'ABSPATH' ) || exit;

/**
 * Stable sorting.
 */
final class Sort {

	/**
	 * A sorted copy of a list.
	 *
	 * @param array    $items   A list.
	 * @param callable $compare Says which of two comes first.
	 * @return array
	 */
	public static function stable( array $items, callable $compare ) {
		$places = array_keys( $items );
		usort(
			$places,
			static function ( $a, $b ) use ( $items, $compare ) {
				$order = $compare( $items[ $a ], $items[ $b ] );
				return $order ? $order : $a <=> $b;
			}
		);
		$sorted = array();
		foreach ( $places as $place ) {
			$sorted[] = $items[ $place ];
		}
		return $sorted;
	}

	/**
	 * A list of arrays in the order of one of their texts.
	 *
	 * @param array[] $items A list.
	 * @param string  $key   Where the text is.
	 * @return array[]
	 */
	public static function by_text( array $items, $key ) {
		return self::stable(
			$items,
			static function ( $a, $b ) use ( $key ) {
				return Text::compare( $a[ $key ], $b[ $key ] );
			}
		);
	}
}
