<?php
/**
 * Which bodies the app may write.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Rest;

use Trellis\WooCommerce\Connection\App_Address;

defined( 'ABSPATH' ) || exit;

/**
 * Looks at decoded JSON before it is stored. Needs no WordPress. What is wrong is told by the field's name.
 */
final class Bodies {

	/** Bytes; the app writes at most some hundred offers and lists of products. */
	const LARGEST = 1048576;

	const UUID = '/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/';

	/**
	 * Reads a connection.
	 *
	 * @param mixed $body     Decoded body.
	 * @param bool  $is_local See App_Address::clean.
	 * @return array{shopId: string, appUrl: string, secret: string}|string
	 */
	public static function connection( $body, $is_local ) {
		if ( ! self::is_text( $body, 'shopId' ) || ! preg_match( self::UUID, $body['shopId'] ) ) {
			return 'shopId';
		}
		$app_url = self::is_text( $body, 'appUrl' ) ? App_Address::clean( $body['appUrl'], $is_local ) : '';
		if ( '' === $app_url ) {
			return 'appUrl';
		}
		if ( ! self::is_text( $body, 'secret' ) || ! preg_match( '/^[0-9a-f]{64}$/', $body['secret'] ) ) {
			return 'secret';
		}
		return array(
			'shopId' => $body['shopId'],
			'appUrl' => $app_url,
			'secret' => $body['secret'],
		);
	}

	/**
	 * Looks at what pages show shop-wide.
	 *
	 * @param mixed      $body       Decoded body.
	 * @param array|null $connection Whose it must be.
	 * @return string|null The wrong field.
	 */
	public static function storefront( $body, $connection ) {
		if ( ! self::is_text( $body, 'shopId' ) || null === $connection || $body['shopId'] !== $connection['shopId'] ) {
			return 'shopId';
		}
		if ( ! isset( $body['holdoutBps'] ) || ! is_int( $body['holdoutBps'] ) || $body['holdoutBps'] < 0 || $body['holdoutBps'] > 10000 ) {
			return 'holdoutBps';
		}
		if ( ! self::is_text( $body, 'salt' ) ) {
			return 'salt';
		}
		foreach ( array( 'popular', 'tests', 'changes' ) as $list ) {
			if ( ! isset( $body[ $list ] ) || ! self::is_list( $body[ $list ] ) ) {
				return $list;
			}
		}
		foreach ( array( 'goals', 'keeps' ) as $list ) {
			if ( isset( $body[ $list ] ) && ! self::is_list( $body[ $list ] ) ) {
				return $list;
			}
		}
		foreach ( array( 'earn', 'programme' ) as $rules ) {
			if ( isset( $body[ $rules ] ) && ! is_array( $body[ $rules ] ) ) {
				return $rules;
			}
		}
		foreach ( $body['popular'] as $id ) {
			if ( ! is_string( $id ) || ! preg_match( '/^\d{1,20}$/', $id ) ) {
				return 'popular';
			}
		}
		$signals = self::is_text( $body, 'signalsEndpoint' ) ? $body['signalsEndpoint'] : '';
		return App_Address::leads_to( $signals, $connection['appUrl'] ) ? null : 'signalsEndpoint';
	}

	/**
	 * Looks at what carts are priced by.
	 *
	 * @param mixed $body Decoded body.
	 * @return string|null The wrong field.
	 */
	public static function discount( $body ) {
		if ( ! self::is_text( $body, 'title' ) ) {
			return 'title';
		}
		if ( ! isset( $body['configs'] ) || ! self::is_list( $body['configs'] ) ) {
			return 'configs';
		}
		foreach ( $body['configs'] as $config ) {
			if ( ! is_string( $config ) || ! is_array( json_decode( $config, true ) ) ) {
				return 'configs';
			}
		}
		if ( ! self::is_text( $body, 'startsAt' ) || false === strtotime( $body['startsAt'] ) ) {
			return 'startsAt';
		}
		$classes = isset( $body['classes'] ) ? $body['classes'] : array();
		if ( ! is_array( $classes ) || array() !== array_diff( array_map( 'strval', array_filter( $classes, 'is_scalar' ) ), array( 'product', 'order', 'shipping' ) ) ) {
			return 'classes';
		}
		foreach ( array( 'order', 'product', 'shipping' ) as $class ) {
			if ( ! isset( $body['combinesWith'][ $class ] ) || ! is_bool( $body['combinesWith'][ $class ] ) ) {
				return 'combinesWith';
			}
		}
		return null;
	}

	/**
	 * True where a field holds some text.
	 *
	 * @param mixed  $body Decoded body.
	 * @param string $name Name of the field.
	 */
	private static function is_text( $body, $name ) {
		return is_array( $body ) && isset( $body[ $name ] ) && is_string( $body[ $name ] ) && '' !== $body[ $name ];
	}

	/**
	 * True for lists (PHP 8.1 has this itself).
	 *
	 * @param mixed $value Anything.
	 */
	private static function is_list( $value ) {
		return is_array( $value ) && array_keys( $value ) === array_keys( array_keys( $value ) );
	}
}
