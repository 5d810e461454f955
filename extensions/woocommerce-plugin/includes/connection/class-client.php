<?php
/**
 * Questions of the store to the app.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Connection;

use WP_Error;

defined( 'ABSPATH' ) || exit;

/**
 * Signed calls. Nothing is sent before the merchant agreed and the app handed a secret over.
 */
final class Client {

	/** Transient with the seconds that the store's clock differs from the app's. */
	const CLOCK = 'trellis_clock';

	/** Bytes of an answer that are read. */
	const LARGEST = 524288;

	/**
	 * Asks the app.
	 *
	 * @param string     $method  GET or POST.
	 * @param string     $path    Path, such as `/plugin/woocommerce/numbers`.
	 * @param array      $query   Query fields; null ones fall away.
	 * @param array|null $body    Sent as JSON; null sends none.
	 * @param float      $timeout Seconds for one try.
	 * @return array|WP_Error The answer; errors have the codes trellis_not_connected, trellis_unreachable (no answer or none that is readable)
	 *                        and trellis_refused (data: status, code).
	 */
	public static function call( $method, $path, array $query = array(), ?array $body = null, $timeout = 5.0 ) {
		$connection = Connection::get();
		if ( null === $connection || null === Connection::opted_in() ) {
			return new WP_Error( 'trellis_not_connected', __( 'This store is not connected to Trellis.', 'trellis-for-woocommerce' ) );
		}
		$fields = array_filter(
			$query,
			static function ( $value ) {
				return null !== $value;
			}
		);
		$path  .= $fields ? '?' . http_build_query( $fields, '', '&', PHP_QUERY_RFC3986 ) : '';
		$answer = self::send( $connection, $method, $path, $body, $timeout );
		if ( is_wp_error( $answer ) && self::learn_clock( $answer ) ) {
			$answer = self::send( $connection, $method, $path, $body, $timeout );
		}
		return $answer;
	}

	/**
	 * Seconds that the app's clock is ahead of the store's; 0 where nobody complained.
	 */
	public static function clock_difference() {
		return (int) get_transient( self::CLOCK );
	}

	/**
	 * Sends one request.
	 *
	 * @param array      $connection See Connection::get.
	 * @param string     $method     GET or POST.
	 * @param string     $path       Path with query.
	 * @param array|null $body       Sent as JSON.
	 * @param float      $timeout    Seconds.
	 * @return array|WP_Error
	 */
	private static function send( array $connection, $method, $path, $body, $timeout ) {
		$text     = null === $body ? '' : (string) wp_json_encode( (object) $body );
		$time     = time() + self::clock_difference();
		$request  = array(
			'method'              => $method,
			'timeout'             => $timeout,
			'redirection'         => 0,
			'limit_response_size' => self::LARGEST,
			'user-agent'          => 'Trellis for WooCommerce/' . TRELLIS_WOOCOMMERCE_VERSION,
			'headers'             => array(
				'Accept'              => 'application/json',
				'Content-Type'        => 'application/json',
				'X-Trellis-Shop'      => $connection['shopId'],
				'X-Trellis-Time'      => (string) $time,
				'X-Trellis-Signature' => Signature::sign( $connection['secret'], $time, $method, $path, $text ),
			),
			'body'                => '' === $text ? null : $text,
		);
		$response = wp_remote_request( $connection['appUrl'] . $path, $request );
		if ( is_wp_error( $response ) ) {
			/* translators: %s: technical reason, such as "cURL error 28: timed out" */
			return new WP_Error( 'trellis_unreachable', sprintf( __( 'Trellis could not be reached from this store (%s).', 'trellis-for-woocommerce' ), $response->get_error_message() ) );
		}
		$status = (int) wp_remote_retrieve_response_code( $response );
		$answer = json_decode( wp_remote_retrieve_body( $response ), true );
		if ( $status >= 200 && $status < 300 && is_array( $answer ) ) {
			return $answer;
		}
		$error = is_array( $answer ) && isset( $answer['error'] ) && is_array( $answer['error'] ) ? $answer['error'] : null;
		if ( null === $error ) {
			/* translators: %d: HTTP status, such as 502 */
			return new WP_Error( 'trellis_unreachable', sprintf( __( 'Trellis did not answer as expected (status %d).', 'trellis-for-woocommerce' ), $status ), array( 'status' => $status ) );
		}
		$data = array(
			'status' => $status,
			'code'   => isset( $error['code'] ) && is_string( $error['code'] ) ? $error['code'] : '',
			'now'    => isset( $error['now'] ) && is_numeric( $error['now'] ) ? (int) $error['now'] : 0,
		);
		return new WP_Error( 'trellis_refused', isset( $error['message'] ) && is_string( $error['message'] ) ? sanitize_text_field( $error['message'] ) : '', $data );
	}

	/**
	 * Remembers for an hour by how much the clocks differ, where the app says that this is what was wrong.
	 *
	 * @param WP_Error $error What came back.
	 * @return bool True where a second try is worth it.
	 */
	private static function learn_clock( WP_Error $error ) {
		$data = $error->get_error_data();
		if ( ! is_array( $data ) || ! isset( $data['code'], $data['now'] ) || 'stale' !== $data['code'] || $data['now'] <= 0 ) {
			return false;
		}
		set_transient( self::CLOCK, $data['now'] - time(), HOUR_IN_SECONDS );
		return true;
	}
}
